using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Contacts.Audit;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.CustomFields;

/// <summary>What to change: what is absent stays as it is.</summary>
public sealed record UpdateCustomFieldRequest
{
    /// <summary>1 to 100 characters.</summary>
    [StringLength(CustomField.MaxLabel)]
    public string? Label { get; init; }

    /// <summary>All choices from now on, in their order. One that is missing goes: where a contact has it, only with <c>clear=true</c>.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>New names by the present ones, before <c>choices</c> is looked at. Contacts that have a choice get its new name.</summary>
    public IReadOnlyDictionary<string, string>? RenamedChoices { get; init; }

    /// <summary>At most 500 characters; null clears.</summary>
    public Optional<string> Description { get; init; }

    /// <summary>0 to 10,000.</summary>
    [Range(0, CustomField.MaxPosition)]
    public int? Position { get; init; }
}

internal static class UpdateCustomField
{
    /// <summary>Change a custom field</summary>
    /// <remarks>Key and type never change. Answers 409 <c>choice-in-use</c> with <c>contacts_count</c> where contacts have a choice that is to go.</remarks>
    public static async Task<Results<Ok<CustomFieldResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UpdateCustomFieldRequest request,
        UnitOfWork work,
        Caller caller,
        FieldContacts contacts,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken,
        [Description("Choices that go are cleared on the contacts that have them.")] bool clear = false
    )
    {
        if (await CustomField.FindAsync(work, id, cancellationToken) is not { } present)
        {
            return Problem.NotFound("custom field");
        }
        var errors = new FieldErrors();
        var (after, choices) = Read(present, request, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        if (choices.Changed.Any())
        {
            await FieldContacts.LockAsync(work, present.Key, cancellationToken);
        }
        if (await CustomField.LockAsync(work, id, cancellationToken) is not { } locked)
        {
            return Problem.NotFound("custom field");
        }
        if (!locked.Choices.SequenceEqual(present.Choices))
        {
            return CustomFieldProblems.ChangedMeanwhile();
        }
        var inUse = choices.Removed.Any() && !clear ? await FieldContacts.CountAsync(work, present.Key, choices.Removed, cancellationToken) : 0;
        if (inUse > 0)
        {
            return CustomFieldProblems.ChoiceInUse(inUse);
        }
        if (choices.Changed.Any())
        {
            await contacts.ChangeChoicesAsync(work, new(caller.Actor, ChangeKinds.ChoicesChanged), present, choices, clock.GetUtcNow(), cancellationToken);
        }
        await WriteAsync(work, after, cancellationToken);
        audit.Add(work, caller.Actor, "custom_field.updated", "custom_field", id.ToString(), new Dictionary<string, string> { ["key"] = present.Key });
        return TypedResults.Ok(after.ToResponse());
    }

    private static (CustomField After, ChoiceChange Choices) Read(CustomField present, UpdateCustomFieldRequest request, FieldErrors errors)
    {
        var label = request.Label is null ? present.Label : FieldReading.ReadLine(request.Label, "label", CustomField.MaxLabel, errors);
        if (label is null)
        {
            errors.Add("label", "label: 1 to 100 characters.");
        }
        var isAboutChoices = request.Choices is not null || request.RenamedChoices is not null;
        if (isAboutChoices && !present.Type.HasChoices())
        {
            errors.Add("choices", "choices: only fields of the types choice and multi_choice have them.");
        }
        var choices = isAboutChoices && present.Type.HasChoices() ? ChoiceChange.Read(present, request, errors) : new(present.Choices, []);
        var description = request.Description.IsGiven
            ? FieldReading.ReadText(request.Description.Value, "description", CustomField.MaxDescription, errors)
            : present.Description;
        var after = present with { Label = label ?? "", Choices = choices.After, Description = description, Position = request.Position ?? present.Position };
        return (after, choices);
    }

    private static Task<int> WriteAsync(UnitOfWork work, CustomField field, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            "UPDATE custom_fields SET label = @Label, choices = @choices, description = @Description, position = @Position WHERE id = @Id",
            new
            {
                field.Id,
                field.Label,
                choices = field.Choices.ToArray(),
                field.Description,
                field.Position,
            },
            cancellationToken
        );
}
