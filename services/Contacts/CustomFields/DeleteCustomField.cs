using System.Globalization;
using Contacts.Audit;
using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.CustomFields;

internal static class DeleteCustomField
{
    /// <summary>Delete a custom field</summary>
    /// <remarks>Its values go from all contacts; each contact's history keeps what was there.</remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        Caller caller,
        FieldContacts contacts,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (await CustomField.FindAsync(work, id, cancellationToken) is not { Key: var key })
        {
            return Problem.NotFound("custom field");
        }
        await FieldContacts.LockAsync(work, key, cancellationToken);
        if (await CustomField.LockAsync(work, id, cancellationToken) is not { } field)
        {
            return Problem.NotFound("custom field");
        }
        var cleared = await contacts.ClearAsync(work, new(caller.Actor, ChangeKinds.CustomFieldDeleted), field, clock.GetUtcNow(), cancellationToken);
        await work.ExecuteAsync("DELETE FROM custom_fields WHERE id = @id", new { id }, cancellationToken);
        audit.Add(
            work,
            caller.Actor,
            "custom_field.deleted",
            "custom_field",
            id.ToString(),
            new Dictionary<string, string> { ["key"] = field.Key, ["contacts"] = cleared.ToString(CultureInfo.InvariantCulture) }
        );
        return TypedResults.NoContent();
    }
}
