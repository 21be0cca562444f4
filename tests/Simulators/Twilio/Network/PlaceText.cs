using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Messages;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Network;

/// <summary><c>POST /simulator/texts</c>: somebody texts one of our numbers.</summary>
/// <param name="From">E.164, or the mark of a hidden sender.</param>
/// <param name="To">Our number, E.164.</param>
/// <param name="Media">How many photos, or the content type of each file; 10 at most.</param>
/// <param name="MessageSid">SM or MM and 32 hexadecimal digits; one used before repeats that message. New when absent.</param>
public sealed record PlaceTextRequest(string From, string To, string Body = "", JsonElement? Media = null, string? MessageSid = null);

/// <param name="Delivery">The last attempt to deliver the webhook.</param>
public sealed record PlacedText(string MessageSid, bool Acknowledged, Delivery Delivery);

internal static class PlaceText
{
    private const int MostMedia = 10;

    public static async Task<Results<Ok<PlacedText>, ValidationProblem>> Handle(PlaceTextRequest request, InboundTexts texts, CancellationToken cancellation)
    {
        var errors = Problems.OfParties(request.From, request.To);
        var media = ContentTypes(request.Media);
        if (media is null)
            errors["media"] = [$"A number from 0 to {MostMedia}, or a list of as many of: {string.Join(", ", SampleMedia.ContentTypes)}."];
        if (request.MessageSid is { } given && !Sids.IsSid(given, "SM", "MM"))
            errors["message_sid"] = ["SM or MM and 32 hexadecimal digits."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);

        var message = texts.Receive(request.From, request.To, request.Body, media!, request.MessageSid);
        var delivery = await texts.DeliverAsync(message, RetryPolicy.Default, cancellation);
        return TypedResults.Ok(new PlacedText(message.Sid, delivery.Acknowledged, delivery));
    }

    private static string[]? ContentTypes(JsonElement? media)
    {
        switch (media?.ValueKind)
        {
            case null or JsonValueKind.Null or JsonValueKind.Undefined:
                return [];
            case JsonValueKind.Number when media.Value.TryGetInt32(out var count) && count is >= 0 and <= MostMedia:
                return [.. Enumerable.Repeat("image/jpeg", count)];
            case JsonValueKind.Array when media.Value.GetArrayLength() <= MostMedia:
                var types = media.Value.EnumerateArray().Select(type => type.ValueKind == JsonValueKind.String ? type.GetString()! : "").ToArray();
                return types.All(SampleMedia.Has) ? types : null;
            default:
                return null;
        }
    }
}
