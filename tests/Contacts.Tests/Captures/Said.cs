using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;

namespace Contacts.Tests.Captures;

internal static class Said
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Heard in a call or text of this phone.</summary>
    public static Event<DetailsCaptured> By(
        Guid workspaceId,
        string phone,
        DateTimeOffset at,
        Guid conversationId,
        params (string Field, string Value)[] details
    ) => By(workspaceId, new Participant(IdentityKind.Phone, phone), at, conversationId, details);

    public static Event<DetailsCaptured> By(
        Guid workspaceId,
        Participant participant,
        DateTimeOffset at,
        Guid conversationId,
        params (string Field, string Value)[] details
    ) =>
        Happened.In(
            workspaceId,
            new DetailsCaptured(
                conversationId,
                participant,
                at,
                [.. details.Select(detail => new CapturedDetail(detail.Field, detail.Value, $"it is {detail.Value}", 0.9, null))]
            )
        );
}
