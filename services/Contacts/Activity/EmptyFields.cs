using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Activity;

/// <summary>
/// What a channel says of a person fills what nobody has filled, and overwrites nothing. A phone or email that another contact has stays there: anybody can type it into a
/// chat form, so it neither moves nor makes two people one.
/// </summary>
internal static class EmptyFields
{
    private static readonly string[] NameFields = ["name", "first_name", "last_name"];
    private static readonly string[] IdentityFields = ["identities"];

    /// <returns>The contacts whose card this changed, new ones aside, and which fields.</returns>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> FillAsync(
        UnitOfWork work,
        IReadOnlyList<Visit> visits,
        ResolvedContacts resolved,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var telling = visits.Where(visit => visit.ClaimsAnything).DistinctBy(resolved.ContactOf).OrderBy(resolved.ContactOf).ToList();
        if (telling.Count == 0)
        {
            return new Dictionary<Guid, IReadOnlyList<string>>();
        }
        var identified = await FillIdentitiesAsync(work, telling, resolved, now, cancellationToken);
        var named = await FillNamesAsync(work, telling, resolved, cancellationToken);
        var changed = identified.Concat(named).Where(id => !resolved.Created.Contains(id)).Distinct().Order().ToArray();
        if (changed.Length > 0)
        {
            await work.ExecuteAsync(
                "UPDATE contacts SET version = version + 1, updated_at = @now WHERE id = ANY (@changed)",
                new { changed, now },
                cancellationToken
            );
        }
        return changed.ToDictionary(
            id => id,
            IReadOnlyList<string> (id) => [.. named.Contains(id) ? NameFields : [], .. identified.Contains(id) ? IdentityFields : []]
        );
    }

    private static async Task<HashSet<Guid>> FillIdentitiesAsync(
        UnitOfWork work,
        List<Visit> visits,
        ResolvedContacts resolved,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var claims = visits
            .SelectMany(visit =>
                new[] { (Kind: IdentityKinds.Email, Value: visit.Email), (Kind: IdentityKinds.Phone, Value: visit.Phone) }.Select(claim =>
                    (claim.Kind, claim.Value, ContactId: resolved.ContactOf(visit))
                )
            )
            .Where(claim => claim.Value is not null)
            .ToList();
        if (claims.Count == 0)
        {
            return [];
        }
        // Two unique keys decide: whose the value is, and that the contact has no primary one of the kind yet.
        var filled = await work.QueryAsync<Guid>(
            """
            INSERT INTO contact_identities (workspace_id, kind, value, contact_id, is_primary, created_at)
            SELECT @WorkspaceId, kind, value, contact_id, true, @now
            FROM unnest(@kinds, @values, @contactIds) AS claimed (kind, value, contact_id)
            ORDER BY kind, value
            ON CONFLICT DO NOTHING
            RETURNING contact_id
            """,
            new
            {
                work.WorkspaceId,
                now,
                kinds = claims.Select(claim => claim.Kind).ToArray(),
                values = claims.Select(claim => claim.Value!).ToArray(),
                contactIds = claims.Select(claim => claim.ContactId).ToArray(),
            },
            cancellationToken
        );
        return [.. filled];
    }

    private static async Task<HashSet<Guid>> FillNamesAsync(UnitOfWork work, List<Visit> visits, ResolvedContacts resolved, CancellationToken cancellationToken)
    {
        var told = visits
            .Where(visit => visit.Name is not null && !resolved.Created.Contains(resolved.ContactOf(visit)))
            .Select(visit => (Id: resolved.ContactOf(visit), Name: PersonName.FromFull(visit.Name)))
            .ToList();
        if (told.Count == 0)
        {
            return [];
        }
        var named = await work.QueryAsync<Guid>(
            """
            UPDATE contacts c
            SET name = told.name, first_name = told.first_name, last_name = told.last_name, name_key = told.name_key, last_name_key = told.last_name_key
            FROM unnest(@ids, @names, @firstNames, @lastNames, @nameKeys, @lastNameKeys)
                AS told (id, name, first_name, last_name, name_key, last_name_key)
            WHERE c.id = told.id AND c.name IS NULL
            RETURNING c.id
            """,
            new
            {
                ids = told.Select(contact => contact.Id).ToArray(),
                names = told.Select(contact => contact.Name.Full).ToArray(),
                firstNames = told.Select(contact => contact.Name.First).ToArray(),
                lastNames = told.Select(contact => contact.Name.Last).ToArray(),
                nameKeys = told.Select(contact => SearchKey.Of(contact.Name.Full)).ToArray(),
                lastNameKeys = told.Select(contact => SearchKey.Of(contact.Name.Last)).ToArray(),
            },
            cancellationToken
        );
        return [.. named];
    }
}
