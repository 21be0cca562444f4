using System.Xml.Linq;
using Simulators.Twilio.Calls;

namespace Simulators.Twilio.Twiml;

/// <summary>Gather: prompts, then listens. People here speak and press no keys: with <c>input</c> without speech they stay silent.</summary>
internal static class GatherVerb
{
    private const double SecondsOfSentence = 4;

    public static async Task<VerbEnd> PlayAsync(LiveCall line, XElement verb, TwimlSource source, CancellationToken cancellation)
    {
        line.Play("Gather");
        foreach (var prompt in verb.Elements().Where(element => element.Name.LocalName is "Say" or "Play" or "Pause"))
        {
            if (!await Prompt.PlayAsync(line, prompt, cancellation))
                return new VerbEnd(false);
        }

        var listens = verb.Attribute("input")?.Value.Contains("speech", StringComparison.Ordinal) == true;
        if (listens && line.Speech.TryDequeue(out var sentence))
        {
            var stayed = await line.PassAsync(SecondsOfSentence, cancellation);
            return new VerbEnd(false, stayed ? Follow(new() { ["SpeechResult"] = sentence, ["Confidence"] = "0.93" }) : null);
        }
        if (!await line.PassAsync(Prompt.Number(verb, "timeout", 5), cancellation))
            return new VerbEnd(false);
        return verb.Attribute("actionOnEmptyResult")?.Value == "true" ? new VerbEnd(false, Follow([])) : new VerbEnd(true);

        TwimlSource? Follow(Dictionary<string, string> happened) => source.Follow(verb.Attribute("action")?.Value, verb.Attribute("method")?.Value, happened);
    }
}
