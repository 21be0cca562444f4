using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Capture;
using CommunicationsIngest.Conversations;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

/// <param name="Body">1 to 4,000 characters.</param>
public sealed record SendChatMessageRequest([property: Required] [property: StringLength(ChatMessage.MaxLength, MinimumLength = 1)] string Body);

internal static class SendChatMessage
{
    /// <summary>The visitor writes.</summary>
    /// <remarks>With the visitor's token. 409 when the session has ended.</remarks>
    public static Task<Results<Created<MessageResponse>, ProblemHttpResult>> FromVisitorAsync(
        Guid id,
        SendChatMessageRequest request,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        CaptureDetails capture,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => SendAsync(id, request, Guid.Parse(caller.Actor.Id), null, work, outbox, capture, clock, cancellationToken);

    /// <summary>Answers in a chat. Texts are not sent this way.</summary>
    /// <remarks>404 where there is no such chat, 409 when it has ended.</remarks>
    public static Task<Results<Created<MessageResponse>, ProblemHttpResult>> FromStaffAsync(
        Guid id,
        SendChatMessageRequest request,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        CaptureDetails capture,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => SendAsync(id, request, null, caller.Actor, work, outbox, capture, clock, cancellationToken);

    private static async Task<Results<Created<MessageResponse>, ProblemHttpResult>> SendAsync(
        Guid id,
        SendChatMessageRequest request,
        Guid? visitorId,
        Messages.Actor? author,
        UnitOfWork work,
        Outbox outbox,
        CaptureDetails capture,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(request.Body))
        {
            return Problem.Invalid("body", "A message says something.");
        }
        if (await ChatMessage.FindAsync(work, id, visitorId, cancellationToken) is not { } chat)
        {
            return Problem.NotFound("chat session");
        }
        if (!chat.IsOpen)
        {
            return Problem.Conflict("chat-ended", "This chat has ended. Begin another one.");
        }
        var message = await ChatMessage.StoreAsync(work, outbox, capture, id, chat, request.Body, author, clock.GetUtcNow(), cancellationToken);
        return TypedResults.Created((string?)null, message);
    }
}
