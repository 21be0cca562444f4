using System.Globalization;
using System.Xml.Linq;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Twiml;

/// <summary>What a verb leads to.</summary>
/// <param name="Continues">The line stands: go on with the next verb, unless there is a next document.</param>
internal readonly record struct VerbEnd(bool Continues, TwimlSource? Next = null);

/// <summary>
/// Asks for instructions and plays them (https://www.twilio.com/docs/voice/twiml). Verbs that this simulator does not play are noted on the call and skipped.
/// </summary>
internal sealed class CallPlayer(WebhookSender sender, CallParameters parameters, DialVerb dial, RecordVerb record, ConnectVerb connect, StartVerb start)
{
    /// <summary>Two documents that redirect to each other would play for ever.</summary>
    private const int MostDocuments = 100;

    public async Task PlayAsync(LiveCall line, TwimlSource first, CancellationToken cancellation)
    {
        TwimlSource? source = first;
        for (var count = 0; source is not null && !line.HungUp; count++)
        {
            if (count == MostDocuments)
            {
                line.Play("error 12000: too many documents");
                return;
            }
            var document = await FetchAsync(line, source, cancellation);
            // Who hung up meanwhile (a recording's action is asked for all the same) hears nothing of the answer.
            var next = line.IsOnTheLine ? await PlayAsync(line, document, source, cancellation) : null;
            source = next ?? line.TakeRedirect();
        }
    }

    public async Task<TwimlDocument> FetchAsync(LiveCall line, TwimlSource source, CancellationToken cancellation)
    {
        if (source.Document is { } inline)
            return TwimlDocument.Parse(inline);

        var asked = parameters.Instructions(line.Call);
        foreach (var (name, value) in source.Happened)
            asked[name] = value;
        var answer = await sender.SendAsync(new Webhook(source.Url!, asked, source.Method), cancellation);
        return answer.Acknowledged
            ? TwimlDocument.Parse(answer.Body ?? "")
            : new(null, $"11200: HTTP retrieval failure: {answer.Status?.ToString(CultureInfo.InvariantCulture) ?? answer.Error}");
    }

    /// <summary>How a call ended that no verb answered: rejected as busy, else without an answer.</summary>
    public static CallStatus UnansweredStatus(LiveCall line) =>
        line.HungUp ? CallStatus.Canceled
        : line.Call.Played.Contains("Reject busy") ? CallStatus.Busy
        : CallStatus.NoAnswer;

    private async Task<TwimlSource?> PlayAsync(LiveCall line, TwimlDocument document, TwimlSource source, CancellationToken cancellation)
    {
        if (document.Response is not { } response)
        {
            line.Answer();
            line.Play($"error {document.Error}");
            line.Play("Say: We are sorry, an application error has occurred. Goodbye.");
            await line.PassAsync(5, cancellation);
            return null;
        }

        foreach (var verb in response.Elements())
        {
            var end = await PlayAsync(line, verb, source, cancellation);
            if (end.Next is not null || !end.Continues)
                return end.Next;
        }
        // An empty answer is answered all the same, and hung up.
        if (!response.HasElements)
            line.Answer();
        return null;
    }

    private async Task<VerbEnd> PlayAsync(LiveCall line, XElement verb, TwimlSource source, CancellationToken cancellation)
    {
        var name = verb.Name.LocalName;
        if (name is not ("Reject" or "Redirect"))
            line.Answer();

        switch (name)
        {
            case "Say" or "Play" or "Pause":
                return new VerbEnd(await Prompt.PlayAsync(line, verb, cancellation));
            case "Gather":
                return await GatherVerb.PlayAsync(line, verb, source, cancellation);
            case "Record":
                return await record.PlayAsync(line, verb, source, cancellation);
            case "Dial":
                return await dial.PlayAsync(line, verb, source, cancellation);
            case "Connect":
                return await connect.PlayAsync(line, verb, source, cancellation);
            case "Start":
                start.Play(line, verb, source);
                return new VerbEnd(true);
            case "Redirect":
                line.Play($"Redirect {verb.Value.Trim()}");
                return new VerbEnd(false, source.Follow(verb.Value, verb.Attribute("method")?.Value));
            case "Hangup":
                line.Play("Hangup");
                line.HangUp();
                return new VerbEnd(false);
            case "Reject":
                line.Play($"Reject {verb.Attribute("reason")?.Value ?? "rejected"}");
                return new VerbEnd(false);
            default:
                line.Play($"unplayed <{name}>");
                return new VerbEnd(true);
        }
    }
}
