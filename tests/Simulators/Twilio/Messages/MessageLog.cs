using System.Collections.Concurrent;

namespace Simulators.Twilio.Messages;

/// <summary>Every message of the account.</summary>
internal sealed class MessageLog(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Message> messages = new();

    public void Put(Message message) => messages[message.Sid] = message;

    public Message? Find(string sid) => messages.GetValueOrDefault(sid);

    public Message Advance(string sid, MessageStatus status, int? errorCode = null) =>
        messages.AddOrUpdate(
            sid,
            _ => throw new KeyNotFoundException(sid),
            (_, message) =>
                message with
                {
                    Status = status,
                    ErrorCode = errorCode,
                    UpdatedAt = clock.GetUtcNow(),
                    SentAt = status == MessageStatus.Sent ? clock.GetUtcNow() : message.SentAt,
                }
        );

    /// <summary>Newest first.</summary>
    public IEnumerable<Message> All() => messages.Values.OrderByDescending(message => message.CreatedAt).ThenBy(message => message.Sid, StringComparer.Ordinal);
}
