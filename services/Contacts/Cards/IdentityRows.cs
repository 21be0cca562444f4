using System.Text.Json;
using Contacts.Erasures;
using Contacts.OwnNumbers;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>An identity that a contact is to have from now on.</summary>
internal sealed record GainedIdentity(Guid ContactId, Identity Identity, Origin Origin, bool IsNewContact);

/// <summary>An identity that could not be given.</summary>
/// <param name="OwnerId">The contact that has it; null where that was made at this very moment, and where nobody has it.</param>
internal sealed record RefusedIdentity(Guid ContactId, string Kind, string Value, Guid? OwnerId, RefusalReason Reason = RefusalReason.Taken);

internal enum RefusalReason
{
    Taken,

    /// <summary>Its person asked to be forgotten and has not got in touch since.</summary>
    Erased,

    /// <summary>It is one of the business's own.</summary>
    OwnNumber,
}

/// <summary>The phones, emails and other marks of contacts. The primary key decides whose a value is, however many ask at once.</summary>
internal static class IdentityRows
{
    /// <summary>Writes how the steps change identities: what is lost goes first, so that a primary one can be replaced.</summary>
    public static async Task<IReadOnlyList<RefusedIdentity>> ApplyAsync(
        UnitOfWork work,
        IReadOnlyList<Step> steps,
        ForgottenIdentities forgotten,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var changed = steps.Where(step => !step.Before.State.Identities.SequenceEqual(step.After.State.Identities)).ToList();
        await RemoveAsync(work, [.. changed.SelectMany(Lost)], cancellationToken);
        var kept = changed.SelectMany(Altered).ToList();
        // One primary at a time: the unique index looks after every statement.
        await AlterAsync(work, [.. kept.Where(identity => !identity.IsPrimary)], cancellationToken);
        await AlterAsync(work, [.. kept.Where(identity => identity.IsPrimary)], cancellationToken);
        return await GiveAsync(work, [.. changed.SelectMany(Gained)], forgotten, now, cancellationToken);
    }

    public static async Task<IReadOnlyList<RefusedIdentity>> GiveAsync(
        UnitOfWork work,
        IReadOnlyList<GainedIdentity> gained,
        ForgottenIdentities forgotten,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (gained.Count == 0)
        {
            return [];
        }
        var kinds = gained.Select(one => one.Identity.Kind).ToArray();
        var values = gained.Select(one => one.Identity.Value).ToArray();
        var given = await work.QueryAsync<(string Kind, string Value)>(
            """
            INSERT INTO contact_identities (workspace_id, kind, value, contact_id, is_primary, is_shared, created_at, provenance)
            SELECT @WorkspaceId, kind, value, contact_id, is_primary, is_shared, @now, provenance::jsonb
            FROM unnest(@kinds, @values, @contactIds, @primaries, @shared, @provenance)
                AS gained (kind, value, contact_id, is_primary, is_shared, provenance)
            ORDER BY kind, value
            ON CONFLICT (workspace_id, kind, value) DO NOTHING
            RETURNING kind, value
            """,
            new
            {
                work.WorkspaceId,
                now,
                kinds,
                values,
                contactIds = gained.Select(one => one.ContactId).ToArray(),
                primaries = gained.Select(one => one.Identity.IsPrimary).ToArray(),
                shared = gained.Select(one => one.Identity.IsShared).ToArray(),
                // A new contact's own row says where all of it comes from.
                provenance = gained
                    .Select(one => one.IsNewContact ? null : JsonSerializer.Serialize(FieldProvenance.Of(one.Origin, now), ApiJson.Options))
                    .ToArray(),
            },
            cancellationToken
        );
        IReadOnlyList<RefusedIdentity> taken = given.Count == gained.Count ? [] : await ExplainAsync(work, gained, [.. given], cancellationToken);
        return [.. taken, .. await forgotten.RefuseAsync(work, gained, cancellationToken), .. await OwnNumberList.RefuseAsync(work, gained, cancellationToken)];
    }

    private static async Task<IReadOnlyList<RefusedIdentity>> ExplainAsync(
        UnitOfWork work,
        IReadOnlyList<GainedIdentity> gained,
        HashSet<(string Kind, string Value)> given,
        CancellationToken cancellationToken
    )
    {
        // One that was asked for twice is given once, to the first.
        var refused = gained.Where(one => !given.Remove((one.Identity.Kind, one.Identity.Value))).ToList();
        var owners = (
            await work.QueryAsync<(string Kind, string Value, Guid ContactId)>(
                "SELECT i.kind, i.value, i.contact_id FROM unnest(@kinds, @values) AS refused (kind, value) JOIN contact_identities i USING (kind, value)",
                new { kinds = refused.Select(one => one.Identity.Kind).ToArray(), values = refused.Select(one => one.Identity.Value).ToArray() },
                cancellationToken
            )
        )
            .DistinctBy(owner => (owner.Kind, owner.Value))
            .ToDictionary(owner => (owner.Kind, owner.Value), owner => owner.ContactId);
        return
        [
            .. refused.Select(one => new RefusedIdentity(
                one.ContactId,
                one.Identity.Kind,
                one.Identity.Value,
                owners.TryGetValue((one.Identity.Kind, one.Identity.Value), out var owner) ? owner : null
            )),
        ];
    }

    private static Task RemoveAsync(UnitOfWork work, IReadOnlyList<Identity> identities, CancellationToken cancellationToken) =>
        identities.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                "DELETE FROM contact_identities i USING unnest(@kinds, @values) AS lost (kind, value) WHERE i.kind = lost.kind AND i.value = lost.value",
                new { kinds = identities.Select(identity => identity.Kind).ToArray(), values = identities.Select(identity => identity.Value).ToArray() },
                cancellationToken
            );

    private static Task AlterAsync(UnitOfWork work, IReadOnlyList<Identity> identities, CancellationToken cancellationToken) =>
        identities.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                UPDATE contact_identities i SET is_primary = altered.is_primary, is_shared = altered.is_shared
                FROM unnest(@kinds, @values, @primaries, @shared) AS altered (kind, value, is_primary, is_shared)
                WHERE i.kind = altered.kind AND i.value = altered.value
                """,
                new
                {
                    kinds = identities.Select(identity => identity.Kind).ToArray(),
                    values = identities.Select(identity => identity.Value).ToArray(),
                    primaries = identities.Select(identity => identity.IsPrimary).ToArray(),
                    shared = identities.Select(identity => identity.IsShared).ToArray(),
                },
                cancellationToken
            );

    private static IEnumerable<Identity> Lost(Step step) => step.Before.State.Identities.Where(identity => !step.After.State.Identities.Any(identity.IsSameAs));

    private static IEnumerable<Identity> Altered(Step step) =>
        step.After.State.Identities.Where(identity => step.Before.State.Identities.Any(identity.IsSameAs) && !step.Before.State.Identities.Contains(identity));

    private static IEnumerable<GainedIdentity> Gained(Step step) =>
        step
            .After.State.Identities.Where(identity => !step.Before.State.Identities.Any(identity.IsSameAs))
            .Select(identity => new GainedIdentity(step.After.Id, identity, step.Origin, IsNewContact: false));
}
