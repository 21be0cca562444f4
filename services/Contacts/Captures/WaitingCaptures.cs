using System.Text.Json;
using Contacts.Cards;
using Messages.CommunicationsIngest;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.Captures;

/// <summary>
/// What was heard of somebody who is not a contact yet. A capture makes no contact: the call it was heard in does, and may come after it. What nobody comes for within a day
/// is forgotten (whoever said it was deleted or erased meanwhile).
/// </summary>
internal static class WaitingCaptures
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public static Task AddAsync(
        UnitOfWork work,
        IReadOnlyList<((string Kind, string Value) Identity, DetailsCaptured Heard)> waiting,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        waiting.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                INSERT INTO waiting_captures (workspace_id, id, kind, value, capture, expires_at)
                SELECT @WorkspaceId, id, kind, value, capture::jsonb, @expiresAt FROM unnest(@ids, @kinds, @values, @captures) AS w (id, kind, value, capture)
                """,
                new
                {
                    work.WorkspaceId,
                    expiresAt = now + Patience,
                    ids = waiting.Select(_ => Guid.CreateVersion7(now)).ToArray(),
                    kinds = waiting.Select(one => one.Identity.Kind).ToArray(),
                    values = waiting.Select(one => one.Identity.Value).ToArray(),
                    captures = waiting.Select(one => JsonSerializer.Serialize(Storable(one.Heard), ApiJson.Options)).ToArray(),
                },
                cancellationToken
            );

    /// <summary>Takes what waits for these identities. Call it under their locks where a contact has just got them.</summary>
    public static async Task<IReadOnlyList<((string Kind, string Value) Identity, DetailsCaptured Heard)>> TakeAsync(
        UnitOfWork work,
        IReadOnlyCollection<(string Kind, string Value)> identities,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await work.QueryAsync<(string Kind, string Value, string Capture)>(
                    """
                    DELETE FROM waiting_captures w USING unnest(@kinds, @values) AS present (kind, value)
                    WHERE w.kind = present.kind AND w.value = present.value AND w.expires_at > @now
                    RETURNING w.kind, w.value, w.capture::text
                    """,
                    new
                    {
                        now,
                        kinds = identities.Select(one => one.Kind).ToArray(),
                        values = identities.Select(one => one.Value).ToArray(),
                    },
                    cancellationToken
                )
            ).Select(row => ((row.Kind, row.Value), JsonSerializer.Deserialize<DetailsCaptured>(row.Capture, ApiJson.Options)!)),
        ];

    /// <summary>Only what can be read is kept: a value that jsonb refuses is none of any field.</summary>
    private static DetailsCaptured Storable(DetailsCaptured heard) =>
        heard with
        {
            Details =
            [
                .. heard
                    .Details.Where(detail => FieldReading.ReadText(detail.Value, detail.Field, ContactFields.MaxNotes, new()) is not null)
                    .Select(detail => detail with { Quote = new Evidence { Quote = detail.Quote }.Quote }),
            ],
        };
}
