using Messages.Contacts;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>The phones, emails and other marks by which contacts are recognised. The primary key decides whose a value is, however many ask at once.</summary>
internal static class Identities
{
    /// <summary>Gives the values to a contact, as its primary ones. The contact's row may follow in the same transaction only if it is there when this statement ends.</summary>
    public const string Claim = """
        INSERT INTO contact_identities (workspace_id, kind, value, contact_id, is_primary, created_at)
        SELECT @WorkspaceId, kind, value, contact_id, true, @now
        FROM unnest(@kinds, @values, @contactIds) AS claimed (kind, value, contact_id)
        ORDER BY kind, value
        ON CONFLICT DO NOTHING

        """;

    /// <returns>The problem that names the contact which has one of the values.</returns>
    public static async Task<ProblemHttpResult> ExplainConflictAsync(
        UnitOfWork work,
        IReadOnlyList<(string Kind, string Value)> wanted,
        Guid exceptOf,
        CancellationToken cancellationToken
    )
    {
        var owner = await work.FirstOrDefaultAsync<Owner>(
            """
            SELECT i.kind, i.contact_id
            FROM unnest(@kinds, @values) AS wanted (kind, value) JOIN contact_identities i USING (kind, value)
            WHERE i.contact_id <> @exceptOf
            ORDER BY i.kind DESC
            """,
            new
            {
                kinds = wanted.Select(identity => identity.Kind).ToArray(),
                values = wanted.Select(identity => identity.Value).ToArray(),
                exceptOf,
            },
            cancellationToken
        );
        if (owner is null)
        {
            return Problem.Conflict("contact-exists", "Another request used this phone or email at the same moment. Repeat the request.");
        }
        var problem = Problem.Conflict(
            "contact-exists",
            $"The {owner.Kind} is that of contact {owner.ContactId}.",
            new Dictionary<string, string[]> { [owner.Kind] = [$"{owner.Kind}: another contact has it."] }
        );
        problem.ProblemDetails.Extensions["contact_id"] = owner.ContactId;
        return problem;
    }

    /// <summary>Makes <paramref name="value"/> the primary one of its kind in place of the present one, which is given up; null gives it up only.</summary>
    /// <returns>False where another contact has the value.</returns>
    public static async Task<bool> ReplacePrimaryAsync(
        UnitOfWork work,
        Guid contactId,
        IdentityKind kind,
        string? value,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var parameters = new
        {
            work.WorkspaceId,
            contactId,
            kind = IdentityKinds.NameOf(kind),
            value,
            now,
        };
        await work.ExecuteAsync("DELETE FROM contact_identities WHERE contact_id = @contactId AND kind = @kind AND is_primary", parameters, cancellationToken);
        if (value is null)
        {
            await PromoteOldestAsync(work, parameters, cancellationToken);
            return true;
        }
        var changed = await work.ExecuteAsync(
            """
            INSERT INTO contact_identities AS present (workspace_id, kind, value, contact_id, is_primary, created_at)
            VALUES (@WorkspaceId, @kind, @value, @contactId, true, @now)
            ON CONFLICT (workspace_id, kind, value) DO UPDATE SET is_primary = true WHERE present.contact_id = @contactId
            """,
            parameters,
            cancellationToken
        );
        return changed == 1;
    }

    private static Task<int> PromoteOldestAsync(UnitOfWork work, object parameters, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            """
            UPDATE contact_identities SET is_primary = true
            WHERE (kind, value) = (
                SELECT kind, value FROM contact_identities WHERE contact_id = @contactId AND kind = @kind ORDER BY created_at, value LIMIT 1
            )
            """,
            parameters,
            cancellationToken
        );

    private sealed record Owner(string Kind, Guid ContactId);
}
