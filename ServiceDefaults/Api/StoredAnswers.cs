using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace ServiceDefaults.Api;

/// <summary>The answers that are kept for repetitions (<see cref="IdempotencyKey"/>) hold what they told: when that has to go, they go too.</summary>
public static class StoredAnswers
{
    private static readonly byte[] Gone = JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            type = Problem.TypePrefix + "deleted-since",
            title = "This was done before.",
            status = StatusCodes.Status410Gone,
            detail = "The first request with this Idempotency-Key succeeded. What its answer told of was deleted since, and the answer with it.",
        }
    );

    /// <summary>
    /// Empties every answer of the workspace that mentions one of the ids. The key itself stays: a repetition still does nothing twice, and is told 410.
    /// Answers have no index by id and live for 72 hours, so one pass reads the workspace's.
    /// </summary>
    public static Task<int> ForgetAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.ExecuteAsync(
            """
            UPDATE idempotency_keys SET status = @Status410Gone, headers = '{"Content-Type": "application/problem+json"}', body = @Gone
            WHERE body IS NOT NULL AND EXISTS (
                SELECT FROM regexp_matches(headers::text || encode(body, 'escape'), '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}', 'g') AS mentioned (id)
                WHERE mentioned.id[1]::uuid = ANY (@ids))
            """,
            new
            {
                ids,
                StatusCodes.Status410Gone,
                Gone,
            },
            cancellationToken
        );
    }
}
