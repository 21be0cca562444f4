using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Twiml;

/// <summary>Where instructions come from: a URL to ask, with what happened since, or a document at hand.</summary>
internal sealed record TwimlSource(string? Url, string Method, string? Document, IReadOnlyDictionary<string, string> Happened)
{
    private static readonly Dictionary<string, string> Nothing = [];

    public static TwimlSource At(string url, string? method = null) => new(url, Webhook.MethodOf(method), null, Nothing);

    public static TwimlSource Inline(string document) => new(null, "POST", document, Nothing);

    /// <summary>An action, callback or redirect URL in a document, which may be relative to the document's own.</summary>
    public TwimlSource? Follow(string? reference, string? method, IReadOnlyDictionary<string, string>? happened = null)
    {
        var target = Resolve(reference);
        return target is null ? null : new TwimlSource(target, Webhook.MethodOf(method), null, happened ?? Nothing);
    }

    public string? Resolve(string? reference)
    {
        if (string.IsNullOrWhiteSpace(reference))
            return Url;
        if (Uri.TryCreate(reference.Trim(), UriKind.Absolute, out var absolute) && absolute is { Scheme: "http" or "https" })
            return reference.Trim();
        return Url is not null && Uri.TryCreate(new Uri(Url), reference.Trim(), out var relative) ? relative.AbsoluteUri : null;
    }
}
