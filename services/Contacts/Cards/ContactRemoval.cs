using Contacts.Erasures;
using Messages;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>What was removed: the contacts and those that they had absorbed, and all that they were recognised by.</summary>
internal sealed record RemovedContacts(IReadOnlyList<Guid> Ids, IReadOnlyList<Identity> Identities);

/// <summary>
/// Takes contacts out of this service with all that it knows of them. Whatever has a contact's id goes by its foreign key; what has none goes here: answers kept for repetitions.
/// Events that were under way meanwhile bring nothing back.
/// </summary>
internal sealed class ContactRemoval(Outbox outbox, ForgottenIdentities forgotten)
{
    private const string Family = """
        WITH RECURSIVE family AS (
            SELECT workspace_id, id FROM contacts WHERE id = ANY (@ids)
            UNION
            SELECT c.workspace_id, c.id FROM family JOIN contacts c ON c.workspace_id = family.workspace_id AND c.merged_into = family.id
        )
        SELECT id FROM family
        """;

    /// <summary>The strongest lock at once, on the absorbed ones too: a weaker one first would deadlock with the calls that are being counted on the contact.</summary>
    public static Task LockAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken) =>
        work.ExecuteAsync($"SELECT 1 FROM contacts WHERE id IN ({Family}) ORDER BY id FOR UPDATE", new { ids }, cancellationToken);

    /// <param name="ids">Contacts that this unit of work has locked, none of them absorbed.</param>
    /// <param name="isErased">Their identities are refused from now on, until the person gets in touch.</param>
    public async Task<RemovedContacts> RemoveAsync(
        UnitOfWork work,
        Actor actor,
        Guid[] ids,
        bool isErased,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var family = await work.QueryAsync<FamilyMember>(
            $"SELECT id, version, merged_into FROM contacts WHERE id IN ({Family})",
            new { ids },
            cancellationToken
        );
        Guid[] familyIds = [.. family.Select(contact => contact.Id)];
        var identities = (
            await work.QueryAsync<(string Kind, string Value, bool IsPrimary)>(
                "SELECT kind, value, is_primary FROM contact_identities WHERE contact_id = ANY (@familyIds)",
                new { familyIds },
                cancellationToken
            )
        )
            .Select(row => new Identity(row.Kind, row.Value, row.IsPrimary))
            .ToList();
        await forgotten.RememberAsync(work, [.. identities.Select(identity => (identity.Kind, identity.Value))], now, isErased, cancellationToken);
        await work.ExecuteAsync("DELETE FROM contacts WHERE id = ANY (@ids)", new { ids }, cancellationToken);
        await ForgetIdentitiesAsync(work, [.. identities.Select(identity => (identity.Kind, identity.Value))], isErased, cancellationToken);
        await StoredAnswers.ForgetAsync(work, familyIds, cancellationToken);
        foreach (var contact in family)
        {
            // An absorbed one's last word was that of its merge, one above its card.
            outbox.Enqueue(work, actor, new ContactDeleted(contact.Id, contact.Version + (contact.MergedInto is null ? 1 : 2), isErased));
        }
        return new(familyIds, identities);
    }

    /// <summary>What is kept by the identity and not by the contact. A refusal of messages outlives a deletion; after an erasure nobody is there to be written to.</summary>
    public static Task ForgetIdentitiesAsync(
        UnitOfWork work,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        bool isErased,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            DELETE FROM waiting_captures w USING unnest(@kinds, @values) AS gone (kind, value) WHERE w.kind = gone.kind AND w.value = gone.value;
            DELETE FROM consents c USING unnest(@kinds, @values) AS gone (kind, value) WHERE @isErased AND c.kind = gone.kind AND c.value = gone.value
            """,
            new
            {
                isErased,
                kinds = identities.Select(identity => identity.Kind).ToArray(),
                values = identities.Select(identity => identity.Value).ToArray(),
            },
            cancellationToken
        );

    private sealed class FamilyMember
    {
        public Guid Id { get; init; }
        public long Version { get; init; }
        public Guid? MergedInto { get; init; }
    }
}
