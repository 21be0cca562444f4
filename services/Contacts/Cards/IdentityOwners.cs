using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>Which contact has which identity.</summary>
internal static class IdentityOwners
{
    /// <returns>Those identities that a contact has, with the contact's id.</returns>
    public static async Task<IReadOnlyDictionary<(string Kind, string Value), Guid>> FindAsync(
        UnitOfWork work,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        CancellationToken cancellationToken
    )
    {
        if (identities.Count == 0)
        {
            return new Dictionary<(string, string), Guid>();
        }
        var found = await work.QueryAsync<(string Kind, string Value, Guid ContactId)>(
            "SELECT i.kind, i.value, i.contact_id FROM unnest(@kinds, @values) AS wanted (kind, value) JOIN contact_identities i USING (kind, value)",
            new { kinds = identities.Select(one => one.Kind).ToArray(), values = identities.Select(one => one.Value).ToArray() },
            cancellationToken
        );
        return found.DistinctBy(one => (one.Kind, one.Value)).ToDictionary(one => (one.Kind, one.Value), one => one.ContactId);
    }
}
