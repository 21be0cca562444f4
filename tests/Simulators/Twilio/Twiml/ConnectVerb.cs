using System.Xml.Linq;
using Simulators.Twilio.Calls;

namespace Simulators.Twilio.Twiml;

/// <summary>Connect with Stream: the call's audio goes to a WebSocket, both ways, until either side ends it.</summary>
internal sealed class ConnectVerb(MediaStream stream)
{
    public async Task<VerbEnd> PlayAsync(LiveCall line, XElement verb, TwimlSource source, CancellationToken cancellation)
    {
        if (verb.Element("Stream") is not { } noun)
        {
            line.Play($"unplayed <Connect><{verb.Elements().FirstOrDefault()?.Name.LocalName ?? "?"}>");
            return new VerbEnd(true);
        }

        var url = noun.Attribute("url")?.Value ?? "";
        line.Play($"Connect Stream {url}");
        var parameters = noun.Elements("Parameter")
            .ToDictionary(parameter => parameter.Attribute("name")?.Value ?? "", parameter => parameter.Attribute("value")?.Value ?? "");
        var stayed = await stream.RunAsync(line, url, parameters, cancellation);
        return verb.Attribute("action") is { } action && stayed
            ? new VerbEnd(false, source.Follow(action.Value, verb.Attribute("method")?.Value))
            : new VerbEnd(stayed);
    }
}
