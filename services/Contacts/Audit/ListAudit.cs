using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Audit;

/// <summary>One thing that somebody did.</summary>
/// <param name="Action">Noun and past participle: <c>contact.deleted</c>, <c>api_key.created</c>.</param>
/// <param name="Subject">Kind of what it was done to: <c>contact</c>, <c>tag</c>, <c>api_key</c>.</param>
/// <param name="SubjectId">Its id; null for what concerns the whole workspace.</param>
/// <param name="Details">Names of fields, counts, roles; never a person's data.</param>
public sealed record AuditEntry(
    Guid Id,
    DateTimeOffset OccurredAt,
    Actor Actor,
    string Action,
    string Subject,
    string? SubjectId,
    IReadOnlyDictionary<string, string> Details
);

internal static class ListAudit
{
    /// <summary>Read the audit log</summary>
    /// <remarks>Who did what in this workspace, newest first. Entries are never changed or removed, not even by the service itself.</remarks>
    public static async Task<Ok<Page<AuditEntry>>> HandleAsync(
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] Cursor? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        [Description("Only what this user, API key or other actor did, by its id.")] [StringLength(200)] string? actor = null,
        [Description("Only this action, as contact.deleted.")] [StringLength(100)] string? action = null,
        [Description("Only what was done to this kind of thing, as api_key.")] [StringLength(100)] string? subject = null,
        [FromQuery(Name = "subject_id")] [Description("Only what was done to the one with this id.")] [StringLength(200)] string? subjectId = null,
        [Description("Only what was done at or after this time (RFC 3339).")] DateTimeOffset? from = null,
        [Description("Only what was done before this time (RFC 3339).")] DateTimeOffset? to = null
    )
    {
        var conditions = new List<string> { "true" };
        Add(conditions, actor, "actor_id = @actor");
        Add(conditions, action, "action = @action");
        Add(conditions, subject, "subject = @subject");
        Add(conditions, subjectId, "subject_id = @subjectId");
        Add(conditions, from, "id >= @firstId AND occurred_at >= @from");
        Add(conditions, to, "id < @endId AND occurred_at < @to");
        Add(conditions, cursor, "id < @after");
        var rows = await work.QueryAsync<AuditRow>(
            $"""
            SELECT id, occurred_at, source, actor_id, action, subject, subject_id, details FROM audit_entries
            WHERE {string.Join(" AND ", conditions)}
            ORDER BY id DESC
            LIMIT @rows
            """,
            new
            {
                actor,
                action,
                subject,
                subjectId,
                from = from?.ToUniversalTime(),
                to = to?.ToUniversalTime(),
                firstId = FirstIdOf(from),
                endId = FirstIdOf(to, later: 1),
                after = cursor?.Id,
                rows = limit + 1,
            },
            cancellationToken
        );
        var page = Page.From(rows, limit, row => new(row.OccurredAt, row.Id));
        return TypedResults.Ok(new Page<AuditEntry>([.. page.Data.Select(row => row.ToEntry())], page.NextCursor));
    }

    public static void MapAudit(this WebApplication app) => app.MapApi("/v1/audit", "Audit").MapGet("/", HandleAsync).RequireScope(Scopes.Admin);

    private static void Add(List<string> conditions, object? given, string condition)
    {
        if (given is not null)
        {
            conditions.Add(condition);
        }
    }

    /// <summary>The least UUIDv7 of a millisecond (RFC 9562, 5.7): the log is in the order of ids, so a time is a place in it.</summary>
    private static Guid? FirstIdOf(DateTimeOffset? time, int later = 0)
    {
        if (time is not { } at)
        {
            return null;
        }
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        var milliseconds = Math.Max(0, at.ToUnixTimeMilliseconds() + later);
        for (var index = 5; index >= 0; index--, milliseconds >>= 8)
        {
            id[index] = (byte)milliseconds;
        }
        return new(id, bigEndian: true);
    }

    private sealed class AuditRow
    {
        public Guid Id { get; init; }
        public DateTimeOffset OccurredAt { get; init; }
        public string Source { get; init; } = "";
        public string ActorId { get; init; } = "";
        public string Action { get; init; } = "";
        public string Subject { get; init; } = "";
        public string? SubjectId { get; init; }
        public string Details { get; init; } = "{}";

        public AuditEntry ToEntry() =>
            new(
                Id,
                OccurredAt,
                new(Enum.Parse<ActorKind>(Source, ignoreCase: true), ActorId),
                Action,
                Subject,
                SubjectId,
                JsonSerializer.Deserialize<Dictionary<string, string>>(Details)!
            );
    }
}
