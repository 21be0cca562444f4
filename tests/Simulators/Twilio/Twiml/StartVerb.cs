using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Twiml;

/// <summary>
/// Start with Transcription (https://www.twilio.com/docs/voice/twiml/transcription): what the person says is reported sentence by sentence. Other nouns are noted and skipped.
/// </summary>
internal sealed class StartVerb(TwilioAccount account)
{
    public void Play(LiveCall line, XElement verb, TwimlSource source)
    {
        if (verb.Element("Transcription") is not { } noun || source.Resolve(noun.Attribute("statusCallbackUrl")?.Value) is not { } url)
        {
            line.Play($"unplayed <Start><{verb.Elements().FirstOrDefault()?.Name.LocalName ?? "?"}>");
            return;
        }

        line.Play("Start Transcription");
        var sequence = 0;
        var said = line.Speech.ToArray();
        Tell("transcription-started", []);
        line.AtEnd(() =>
        {
            foreach (var sentence in said)
                Tell(
                    "transcription-content",
                    new()
                    {
                        ["TranscriptionData"] = JsonSerializer.Serialize(new { transcript = sentence, confidence = 0.97 }),
                        ["Final"] = "true",
                        ["Track"] = "inbound_track",
                    }
                );
            Tell("transcription-stopped", []);
        });

        void Tell(string what, Dictionary<string, string> more)
        {
            var parameters = new OrderedDictionary<string, string>
            {
                ["AccountSid"] = account.AccountSid,
                ["CallSid"] = line.Call.Sid,
                ["TranscriptionSid"] = Sids.Of("GT", line.Call.Sid),
                ["Timestamp"] = line.Now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
                ["SequenceId"] = (++sequence).ToString(CultureInfo.InvariantCulture),
                ["TranscriptionEvent"] = what,
                ["LanguageCode"] = noun.Attribute("languageCode")?.Value ?? "en-US",
            };
            foreach (var (name, value) in more)
                parameters[name] = value;
            line.Callbacks.Post(new Webhook(url, parameters, Webhook.MethodOf(noun.Attribute("statusCallbackMethod")?.Value)));
        }
    }
}
