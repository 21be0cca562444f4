using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Conversations;
using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Contacts;

/// <summary>One entry of a timeline: a call, a text or a chat message.</summary>
/// <param name="Id">The message's; the conversation's for a call.</param>
/// <param name="At">When the message came or the call began.</param>
/// <param name="Call">For a call.</param>
/// <param name="Message">For a text or a chat message.</param>
public sealed record TimelineEntry(
    Guid Id,
    Channel Channel,
    Guid ConversationId,
    Direction Direction,
    DateTimeOffset At,
    ConversationResponse? Call,
    MessageResponse? Message
);

internal static class ReadTimeline
{
    /// <summary>Lists everything that was said with a contact, all channels together, newest first.</summary>
    /// <remarks>
    /// Empty for a contact with whom nothing was said yet, and for one that does not exist. The id of a contact that was merged into another stands for the survivor.
    /// </remarks>
    /// <param name="channel">Only call, text or chat.</param>
    /// <param name="limit">1 to 200, 50 where it is not given.</param>
    /// <param name="cursor">The next_cursor of the page before.</param>
    public static async Task<Results<Ok<Page<TimelineEntry>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken,
        string? channel = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit,
        Cursor? cursor = null
    )
    {
        if (!ChannelFilter.TryParse(channel, out _))
        {
            return ChannelFilter.Problem();
        }
        var keys = await work.QueryAsync<Key>(
            KeysSql(channel, cursor is not null),
            new
            {
                contactId = id,
                channel,
                limit,
                at = cursor?.At,
                after = cursor?.Id,
            },
            cancellationToken
        );
        var page = Page.From(keys, limit, key => new Cursor(key.At, key.Id));
        return TypedResults.Ok(new Page<TimelineEntry>(await FillAsync(work, page.Data, cancellationToken), page.NextCursor));
    }

    /// <summary>
    /// The newest of each conversation, merged: what is read is bounded by the contact's conversations times the page, never by how much was said in them.
    /// </summary>
    private static string KeysSql(string? channel, bool goesOn)
    {
        var ofChannel = channel is null ? "" : "AND c.channel = @channel";
        return $"""
            SELECT newest.id, newest.at, c.id AS conversation_id, c.channel
            FROM conversations c
            CROSS JOIN LATERAL (
                SELECT m.id, m.at FROM messages m
                WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id {(goesOn ? "AND (m.at, m.id) < (@at, @after)" : "")}
                ORDER BY m.at DESC, m.id DESC
                LIMIT @limit + 1
            ) newest
            WHERE c.contact_id = (SELECT surviving_contact(@contactId)) AND c.channel <> 'call' {ofChannel}
            UNION ALL
            SELECT c.id, c.started_at, c.id, c.channel
            FROM conversations c
            WHERE c.contact_id = (SELECT surviving_contact(@contactId)) AND c.channel = 'call' {ofChannel} {(
                goesOn ? "AND (c.started_at, c.id) < (@at, @after)" : ""
            )}
            ORDER BY at DESC, id DESC
            LIMIT @limit + 1
            """;
    }

    private static async Task<List<TimelineEntry>> FillAsync(UnitOfWork work, IReadOnlyList<Key> keys, CancellationToken cancellationToken)
    {
        var messageIds = keys.Where(key => key.Channel != Channel.Call).Select(key => key.Id).ToArray();
        var messages =
            messageIds.Length == 0
                ? []
                : (
                    await work.QueryAsync<MessageRow>(
                        $"SELECT {MessageRow.Columns} FROM messages m WHERE m.id = ANY (@messageIds)",
                        new { messageIds },
                        cancellationToken
                    )
                ).ToDictionary(row => row.Id, row => row.ToResponse());
        var callIds = keys.Where(key => key.Channel == Channel.Call).Select(key => key.Id).ToArray();
        var calls =
            callIds.Length == 0
                ? []
                : (
                    await work.QueryAsync<ConversationRow>(
                        $"{ConversationRow.Select} WHERE a.conversation_id = ANY (@callIds)",
                        new { callIds },
                        cancellationToken
                    )
                ).ToDictionary(row => row.Id, row => row.ToResponse());
        return
        [
            .. keys.Where(key => messages.ContainsKey(key.Id) || calls.ContainsKey(key.Id))
                .Select(key => new TimelineEntry(
                    key.Id,
                    key.Channel,
                    key.ConversationId,
                    calls.GetValueOrDefault(key.Id)?.Direction ?? messages[key.Id].Direction,
                    key.At,
                    calls.GetValueOrDefault(key.Id),
                    messages.GetValueOrDefault(key.Id)
                )),
        ];
    }

    private sealed class Key
    {
        public Guid Id { get; init; }
        public DateTimeOffset At { get; init; }
        public Guid ConversationId { get; init; }
        public Channel Channel { get; init; }
    }
}
