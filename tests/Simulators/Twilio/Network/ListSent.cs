using Microsoft.AspNetCore.Http.HttpResults;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Messages;

namespace Simulators.Twilio.Network;

public sealed record SentMessage(
    string Sid,
    string From,
    string To,
    string Body,
    IReadOnlyList<string> MediaUrls,
    string Direction,
    MessageStatus Status,
    int? ErrorCode,
    DateTimeOffset CreatedAt
);

public sealed record SentCall(string Sid, string From, string To, CallStatus Status, int? Duration, IReadOnlyList<string> Played, DateTimeOffset CreatedAt);

/// <param name="Messages">Texts that the system sent, through the REST API or in answer to a webhook, newest first.</param>
/// <param name="Calls">Calls that the system placed, newest first.</param>
/// <param name="Confirmations">Texts that the provider itself sent in answer to STOP, START and HELP, oldest first.</param>
public sealed record Sent(IReadOnlyList<SentMessage> Messages, IReadOnlyList<SentCall> Calls, IReadOnlyList<ProviderConfirmation> Confirmations);

/// <summary><c>GET /simulator/sent?to=</c>: what people got from the system.</summary>
internal static class ListSent
{
    public static Ok<Sent> Handle(MessageLog messages, CallLog calls, ProviderConfirmations confirmations, string? to = null) =>
        TypedResults.Ok(
            new Sent(
                [
                    .. messages
                        .All()
                        .Where(message => message.Direction != "inbound" && (to is null || message.To == to))
                        .Select(message => new SentMessage(
                            message.Sid,
                            message.From,
                            message.To,
                            message.Body,
                            [.. message.Media.Select(medium => medium.SourceUrl).OfType<string>()],
                            message.Direction,
                            message.Status,
                            message.ErrorCode,
                            message.CreatedAt
                        )),
                ],
                [
                    .. calls
                        .All()
                        .Where(call => call.Direction == "outbound-api" && (to is null || call.To == to))
                        .Select(call => new SentCall(call.Sid, call.From, call.To, call.Status, call.Duration, call.Played, call.CreatedAt)),
                ],
                [.. confirmations.All().Where(confirmation => to is null || confirmation.To == to)]
            )
        );
}
