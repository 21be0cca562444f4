namespace Simulators.Twilio.Twiml;

/// <summary>A <c>&lt;Message&gt;</c> in the answer to an inbound text (https://www.twilio.com/docs/messaging/twiml/message).</summary>
internal sealed record MessagingReply(string Body, IReadOnlyList<string> Media, string? To, string? From, string? StatusCallback)
{
    /// <summary>A plain text answer is one message; an answer that is neither text nor TwiML sends nothing.</summary>
    public static IReadOnlyList<MessagingReply> Read(string? contentType, string? body)
    {
        if (string.IsNullOrWhiteSpace(body))
            return [];
        if (contentType == "text/plain")
            return [new MessagingReply(body, [], null, null, null)];
        if (TwimlDocument.Parse(body).Response is not { } response)
            return [];
        return
        [
            .. response
                .Elements()
                .Where(element => element.Name.LocalName is "Message" or "Sms")
                .Select(element => new MessagingReply(
                    element.Element("Body")?.Value ?? string.Concat(element.Nodes().OfType<System.Xml.Linq.XText>().Select(text => text.Value)).Trim(),
                    [.. element.Elements("Media").Select(medium => medium.Value.Trim())],
                    element.Attribute("to")?.Value,
                    element.Attribute("from")?.Value,
                    element.Attribute("statusCallback")?.Value
                )),
        ];
    }
}
