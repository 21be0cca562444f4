using Microsoft.AspNetCore.WebUtilities;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>The parameters of a webhook whose signature was found right.</summary>
internal sealed class TwilioForm(Dictionary<string, string[]> parameters)
{
    private const int MaxParameters = 512;

    public IReadOnlyDictionary<string, string[]> Parameters => parameters;

    /// <summary>Null where the parameter is not there or empty: Twilio sends both for "unknown". PostgreSQL stores no U+0000, and a text must not be lost for one.</summary>
    public string? this[string name] =>
        parameters.TryGetValue(name, out var values) && values[0].Replace("\0", "", StringComparison.Ordinal) is { Length: > 0 } value ? value : null;

    public int? Number(string name) =>
        int.TryParse(this[name], System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;

    /// <summary>A provider's id, such as <c>SM…</c>: null where it is missing or not of that form.</summary>
    public string? Sid(string name) => this[name] is { Length: >= 3 and <= 64 } sid && sid.All(char.IsAsciiLetterOrDigit) ? sid : null;

    /// <summary>RFC 2822, as in "Mon, 15 Aug 2005 15:52:01 +0000".</summary>
    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(
            this[name],
            System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : null;

    public static async Task<TwilioForm> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var reader = new FormReader(body) { ValueCountLimit = MaxParameters };
        var form = await reader.ReadFormAsync(cancellationToken);
        return new(form.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToArray()!, StringComparer.Ordinal)!);
    }

    public static TwilioForm Of(HttpContext http) => http.Features.Get<TwilioForm>() ?? throw new InvalidOperationException("The route lacks VerifySignature.");
}
