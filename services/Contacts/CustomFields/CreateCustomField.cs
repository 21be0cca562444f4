using System.ComponentModel.DataAnnotations;
using Contacts.Audit;
using Contacts.Cards;
using Contacts.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

/// <param name="Label">What people read, 1 to 100 characters.</param>
/// <param name="Type">Cannot be changed later.</param>
/// <param name="Key">A letter, then letters, digits and underscores, all small, at most 40; made from the label where it is not given. Cannot be changed later.</param>
/// <param name="Choices">For the types choice and multi_choice only, in their order: 1 to 200 of 1 to 100 characters, none twice whatever its case.</param>
/// <param name="Description">At most 500 characters.</param>
/// <param name="Position">0 to 10,000; after all others where it is not given.</param>
public sealed record CreateCustomFieldRequest(
    [Required, StringLength(CustomField.MaxLabel)] string Label,
    CustomFieldType Type,
    [RegularExpression(FieldKey.Pattern)] string? Key = null,
    IReadOnlyList<string>? Choices = null,
    string? Description = null,
    [Range(0, CustomField.MaxPosition)] int? Position = null
);

internal static class CreateCustomField
{
    /// <summary>Create a custom field</summary>
    /// <remarks>From then on contacts take a value under its key in <c>custom_fields</c>.</remarks>
    public static async Task<Results<Created<CustomFieldResponse>, ProblemHttpResult>> HandleAsync(
        CreateCustomFieldRequest request,
        UnitOfWork work,
        Caller caller,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var errors = new FieldErrors();
        var field = Read(request, clock, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        // One at a time in a workspace: the limit and the last position hold however many ask at once.
        await work.ExecuteAsync("SELECT 1 FROM workspaces FOR NO KEY UPDATE", null, cancellationToken);
        var present = await CustomField.ListAsync(work, cancellationToken);
        if (present.Any(one => one.Key == field.Key))
        {
            return CustomFieldProblems.Exists(field.Key);
        }
        if (present.Count >= CustomField.MaxPerWorkspace)
        {
            return CustomFieldProblems.TooMany();
        }
        field = field with { Position = request.Position ?? Math.Min(CustomField.MaxPosition, present.Max(one => (int?)one.Position) + 1 ?? 0) };
        await work.ExecuteAsync(
            """
            INSERT INTO custom_fields (workspace_id, id, key, label, type, choices, description, position, created_at)
            VALUES (@WorkspaceId, @Id, @Key, @Label, @type, @choices, @Description, @Position, @now)
            """,
            new
            {
                work.WorkspaceId,
                field.Id,
                field.Key,
                field.Label,
                type = CustomFieldTypes.NameOf(field.Type),
                choices = field.Choices.ToArray(),
                field.Description,
                field.Position,
                now = clock.GetUtcNow(),
            },
            cancellationToken
        );
        audit.Add(work, caller.Actor, "custom_field.created", "custom_field", field.Id.ToString(), new Dictionary<string, string> { ["key"] = field.Key });
        return TypedResults.Created($"/v1/custom-fields/{field.Id}", field.ToResponse());
    }

    private static CustomField Read(CreateCustomFieldRequest request, TimeProvider clock, FieldErrors errors)
    {
        var label = FieldReading.ReadLine(request.Label, "label", CustomField.MaxLabel, errors) ?? "";
        if (label.Length == 0)
        {
            errors.Add("label", "label: 1 to 100 characters.");
        }
        var key = request.Key ?? FieldKey.Of(label) ?? "";
        if (key.Length == 0)
        {
            errors.Add("key", "key: none can be made from this label. Give one.");
        }
        if (!request.Type.HasChoices() && request.Choices is { Count: > 0 })
        {
            errors.Add("choices", "choices: only fields of the types choice and multi_choice have them.");
        }
        return new(
            Guid.CreateVersion7(clock.GetUtcNow()),
            key,
            label,
            request.Type,
            request.Type.HasChoices() ? ChoiceList.Read(request.Choices, "choices", errors) : [],
            FieldReading.ReadText(request.Description, "description", CustomField.MaxDescription, errors),
            0
        );
    }
}
