using System.Globalization;
using System.Xml.Linq;
using Simulators.Twilio.Calls;

namespace Simulators.Twilio.Twiml;

/// <summary>What is heard and wants no answer: Say, Play and Pause.</summary>
internal static class Prompt
{
    private const double WordsPerSecond = 2.5;
    private const double SecondsOfAudio = 5;

    public static async Task<bool> PlayAsync(LiveCall line, XElement verb, CancellationToken cancellation)
    {
        var text = verb.Value.Trim();
        line.Play(text.Length > 0 ? $"{verb.Name.LocalName}: {text}" : verb.Name.LocalName);
        var once = verb.Name.LocalName switch
        {
            "Say" => Math.Max(1, text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length / WordsPerSecond),
            "Play" => SecondsOfAudio,
            _ => Number(verb, "length", 1),
        };
        // loop="0" is for ever: as long as anybody listens, and no longer than the longest call.
        var loops = Number(verb, "loop", 1) is var times and > 0 ? times : 1000;
        return await line.PassAsync(Math.Min(once * loops, 4 * 3600), cancellation);
    }

    public static double Number(XElement verb, string attribute, double otherwise) =>
        double.TryParse(verb.Attribute(attribute)?.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : otherwise;
}
