using Contacts.Cards;
using Dapper;
using ServiceDefaults.Postgres;

namespace Contacts.MassChanges;

/// <summary>
/// One field of all contacts that have something in common (a tag, a choice) changes: versions, history and the pages by which it is told are one statement, in the
/// request's own transaction, whether it is ten contacts or half a million. The events follow from <see cref="TellMassChanges"/>. Who set the field before remains its
/// provenance: renaming a tag makes nobody the one who tagged.
/// </summary>
internal sealed class MassChange(MassChangeSignal signal)
{
    /// <summary>Contacts to a transaction when they are told of.</summary>
    private const int PerPage = 500;

    /// <summary>Half a million contacts took a minute on two cores that were very busy with other work (load 30).</summary>
    private const int TimeoutSeconds = 300;

    /// <summary>Lock the contacts before what they have in common: who writes a contact comes that way too.</summary>
    /// <param name="contactIds">A query.</param>
    public static Task LockAsync(UnitOfWork work, string contactIds, object parameters, CancellationToken cancellationToken) =>
        RunAsync(
            work,
            $"SELECT count(*)::int FROM (SELECT FROM contacts WHERE id IN ({contactIds}) ORDER BY id FOR NO KEY UPDATE) locked",
            parameters,
            cancellationToken
        );

    /// <param name="field">The field that changes, as history names it.</param>
    /// <param name="contacts">A query of the contacts (<c>id</c>) with what the field was (<c>before</c>) and is to be (<c>after</c>), as jsonb.</param>
    /// <param name="set">What else of <c>contacts c</c> is set, from <c>change.after</c>; nothing where the value stands elsewhere.</param>
    /// <returns>How many contacts changed.</returns>
    public async Task<int> WriteAsync(
        UnitOfWork work,
        Origin origin,
        string field,
        string contacts,
        object parameters,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        string? set = null
    )
    {
        var all = new DynamicParameters(parameters);
        all.AddDynamicParams(
            new
            {
                work.WorkspaceId,
                now,
                kind = origin.Kind,
                source = origin.Source,
                actor = origin.Actor.Id,
                field,
                PerPage,
                trace = System.Diagnostics.Activity.Current?.Id,
            }
        );
        var changed = await RunAsync(
            work,
            $"""
            WITH change AS ({contacts}),
            changed AS (
                UPDATE contacts c SET version = c.version + 1, updated_at = @now{(set is null ? "" : ", " + set)}
                FROM change
                WHERE c.id = change.id
                RETURNING c.id, c.version, change.before, change.after
            ),
            history AS (
                INSERT INTO contact_changes (workspace_id, contact_id, version, kind, source, actor_id, changed_at, fields)
                SELECT @WorkspaceId, id, version, @kind, @source, @actor, @now,
                       jsonb_build_array(jsonb_build_object('field', @field::text, 'before', before, 'after', after))
                FROM changed
            ),
            pages AS (
                INSERT INTO mass_change_pages (workspace_id, contact_ids, field, source, actor_id, trace_parent)
                SELECT @WorkspaceId, array_agg(id), @field, @source, @actor, @trace
                FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / @PerPage AS page FROM changed) numbered
                GROUP BY page
                ORDER BY page
            )
            SELECT count(*)::int FROM changed
            """,
            all,
            cancellationToken
        );
        if (changed > 0)
        {
            work.AfterCommit(signal.Raise);
        }
        return changed;
    }

    /// <summary>A statement whose work grows with the number of contacts, with time enough for it.</summary>
    /// <returns>Its only value; 0 where it has none.</returns>
    public static async Task<int> RunAsync(UnitOfWork work, string sql, object parameters, CancellationToken cancellationToken)
    {
        var connection = await work.ConnectionAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<int>(new(sql, parameters, commandTimeout: TimeoutSeconds, cancellationToken: cancellationToken));
    }
}
