using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Capture;
using CommunicationsIngest.Consent;
using CommunicationsIngest.Conversations;
using Messages.CommunicationsIngest;
using Messages.Contacts;
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
        ConsentLedger consent,
        Outbox outbox,
        CaptureDetails capture,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => SendAsync(id, request, Guid.Parse(caller.Actor.Id), null, work, consent, outbox, capture, clock, cancellationToken);

    /// <summary>Answers in a chat. Texts are not sent this way.</summary>
    /// <remarks>404 where there is no such chat, 409 when it has ended.</remarks>
    public static Task<Results<Created<MessageResponse>, ProblemHttpResult>> FromStaffAsync(
        Guid id,
        SendChatMessageRequest request,
        UnitOfWork work,
        Caller caller,
        ConsentLedger consent,
        Outbox outbox,
        CaptureDetails capture,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => SendAsync(id, request, null, caller.Actor, work, consent, outbox, capture, clock, cancellationToken);

    private static async Task<Results<Created<MessageResponse>, ProblemHttpResult>> SendAsync(
        Guid id,
        SendChatMessageRequest request,
        Guid? visitorId,
        Messages.Actor? author,
        UnitOfWork work,
        ConsentLedger consent,
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
        var word = visitorId is null ? null : ConsentWords.Read(request.Body, Channel.Chat);
        if (word is not null)
        {
            await HoldAsync(work, visitorId!.Value, cancellationToken);
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
        if (word is not null)
        {
            await consent.HearAsync(work, Visitor(chat.VisitorId), word, Channel.Chat, null, message.Id, message.At, cancellationToken);
        }
        return TypedResults.Created((string?)null, message);
    }

    /// <summary>What the visitor says holds for the numbers of the contact that he is as well.</summary>
    private static async Task HoldAsync(UnitOfWork work, Guid visitorId, CancellationToken cancellationToken)
    {
        var phones = await work.QueryAsync<string>(
            "SELECT value FROM contact_identities WHERE contact_id = contact_by_identity('chat_visitor', @visitor) AND kind = 'phone'",
            new { visitor = visitorId.ToString() },
            cancellationToken
        );
        await ConsentLock.HoldAsync(work, phones.Select(ConsentIdentity.Phone).Append(Visitor(visitorId)), cancellationToken);
    }

    private static ConsentIdentity Visitor(Guid id) => new(IdentityKind.ChatVisitor, id.ToString());
}
