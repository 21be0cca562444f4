using System.Text.Json;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Duplicates;

/// <summary>Pairs of contacts that may be one person.</summary>
internal static class DuplicateRows
{
    /// <summary>Makes these the open pairs of the contacts. Those that were dismissed or merged stay as they are, whatever is found again.</summary>
    public static async Task ReplaceAsync(
        UnitOfWork work,
        Guid[] contactIds,
        IReadOnlyList<FoundPair> found,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Compared here and not by NOT EXISTS: over two lists the planner may choose to compare each with each.
        var open = await work.QueryAsync<(Guid Id, Guid A, Guid B)>(
            """
            SELECT id, a_id, b_id FROM duplicates WHERE status = 'open' AND a_id = ANY (@contactIds)
            UNION
            SELECT id, a_id, b_id FROM duplicates WHERE status = 'open' AND b_id = ANY (@contactIds)
            """,
            new { contactIds },
            cancellationToken
        );
        var wanted = found.Select(pair => pair.Ids).ToHashSet();
        var gone = open.Where(pair => !wanted.Contains(PairOfIds.Of(pair.A, pair.B))).Select(pair => pair.Id).ToArray();
        if (gone.Length > 0)
        {
            await work.ExecuteAsync("DELETE FROM duplicates WHERE id = ANY (@gone)", new { gone }, cancellationToken);
        }
        if (found.Count == 0)
        {
            return;
        }
        await work.ExecuteAsync(
            """
            INSERT INTO duplicates AS d (workspace_id, id, a_id, b_id, score, evidence, status, found_at)
            SELECT @WorkspaceId, id, a_id, b_id, score, evidence::jsonb, 'open', @now
            FROM unnest(@ids, @aIds, @bIds, @scores, @evidence) AS found (id, a_id, b_id, score, evidence)
            ORDER BY a_id, b_id
            ON CONFLICT (workspace_id, a_id, b_id) DO UPDATE SET score = excluded.score, evidence = excluded.evidence
                WHERE d.status = 'open' AND (d.score, d.evidence) IS DISTINCT FROM (excluded.score, excluded.evidence)
            """,
            new
            {
                work.WorkspaceId,
                now,
                ids = found.Select(_ => Guid.CreateVersion7(now)).ToArray(),
                aIds = found.Select(pair => pair.Ids.A).ToArray(),
                bIds = found.Select(pair => pair.Ids.B).ToArray(),
                scores = found.Select(pair => (short)Math.Round(pair.Likeness.Score * 1000)).ToArray(),
                evidence = found.Select(pair => JsonSerializer.Serialize(pair.Likeness.Evidence, ApiJson.Options)).ToArray(),
            },
            cancellationToken
        );
    }

    /// <summary>
    /// The pair of these two is settled. What was open between the absorbed contact and others is found anew for the survivor; who was dismissed as another person than the absorbed
    /// contact is another person than the survivor.
    /// </summary>
    public static async Task FollowMergeAsync(UnitOfWork work, Guid survivorId, Guid absorbedId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await SetStatusAsync(work, PairOfIds.Of(survivorId, absorbedId), DuplicateStatus.Merged, cancellationToken);
        await work.ExecuteAsync(
            "DELETE FROM duplicates WHERE status = 'open' AND (a_id = @absorbedId OR b_id = @absorbedId)",
            new { absorbedId },
            cancellationToken
        );
        await MatchKeyRows.ForgetAsync(work, absorbedId, cancellationToken);
        var others = await work.QueryAsync<Guid>(
            """
            SELECT CASE a_id WHEN @absorbedId THEN b_id ELSE a_id END FROM duplicates
            WHERE status = 'dismissed' AND (a_id = @absorbedId OR b_id = @absorbedId) AND NOT (a_id = @survivorId OR b_id = @survivorId)
            """,
            new { absorbedId, survivorId },
            cancellationToken
        );
        if (others.Count == 0)
        {
            return;
        }
        var pairs = others.Select(other => PairOfIds.Of(survivorId, other)).ToList();
        await work.ExecuteAsync(
            """
            INSERT INTO duplicates AS d (workspace_id, id, a_id, b_id, score, evidence, status, found_at)
            SELECT @WorkspaceId, id, a_id, b_id, 0, '[]', 'dismissed', @now FROM unnest(@ids, @aIds, @bIds) AS pair (id, a_id, b_id)
            ON CONFLICT (workspace_id, a_id, b_id) DO UPDATE SET status = 'dismissed' WHERE d.status = 'open'
            """,
            new
            {
                work.WorkspaceId,
                now,
                ids = pairs.Select(_ => Guid.CreateVersion7(now)).ToArray(),
                aIds = pairs.Select(pair => pair.A).ToArray(),
                bIds = pairs.Select(pair => pair.B).ToArray(),
            },
            cancellationToken
        );
    }

    /// <summary>Who undoes a merge says that the two are two people.</summary>
    public static Task FollowUndoneMergeAsync(UnitOfWork work, Guid survivorId, Guid absorbedId, CancellationToken cancellationToken) =>
        SetStatusAsync(work, PairOfIds.Of(survivorId, absorbedId), DuplicateStatus.Dismissed, cancellationToken);

    private static Task<int> SetStatusAsync(UnitOfWork work, PairOfIds pair, DuplicateStatus status, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            "UPDATE duplicates SET status = @status WHERE a_id = @A AND b_id = @B",
            new
            {
                pair.A,
                pair.B,
                status = status.ToString().ToLowerInvariant(),
            },
            cancellationToken
        );
}
