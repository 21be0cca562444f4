using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

internal static class ListCustomFields
{
    /// <summary>List custom fields</summary>
    /// <remarks>All of them, by position: a workspace has at most 100.</remarks>
    public static async Task<Ok<Page<CustomFieldResponse>>> HandleAsync(UnitOfWork work, CancellationToken cancellationToken)
    {
        var fields = await CustomField.ListAsync(work, cancellationToken);
        return TypedResults.Ok(new Page<CustomFieldResponse>([.. fields.Select(field => field.ToResponse())], null));
    }
}
