using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Identifiers;
using ServiceDefaults.Json;

namespace CommunicationsIngest.PhoneNumbers;

/// <summary>How an inbound call to a number is answered.</summary>
/// <param name="Kind">say: read <c>text</c> aloud and hang up; dial: connect to the phone or SIP address in <c>to</c>; stream: connect the call's audio to the agent at <c>url</c>; redirect: follow the instructions at <c>url</c>; reject: do not answer.</param>
/// <param name="Text">For say: 1 to 4,000 characters.</param>
/// <param name="To">For dial: a phone number, or a <c>sip:</c> address of at most 255 characters.</param>
/// <param name="Url">For stream: a <c>wss://</c> URL. For redirect: an <c>https://</c> URL. At most 2,000 characters.</param>
public sealed record CallAnswer(
    [property: Required] CallAnswerKind Kind,
    [property: StringLength(4000)] string? Text = null,
    [property: StringLength(255)] string? To = null,
    [property: StringLength(2000)] string? Url = null
)
{
    internal const int MaxSipLength = 255;

    /// <summary>The answer with its phone normalised, or the field that is wrong and why.</summary>
    internal (CallAnswer? Answer, string Field, string Message) Check(string defaultCountry) =>
        Kind switch
        {
            CallAnswerKind.Say when string.IsNullOrWhiteSpace(Text) => Wrong("text", "say needs a text."),
            CallAnswerKind.Say => Right(new(Kind, Text: Text)),
            CallAnswerKind.Dial when IsSip(To) => Right(new(Kind, To: To)),
            CallAnswerKind.Dial when PhoneNumber.TryParse(To, defaultCountry, out var number) => Right(new(Kind, To: number.E164)),
            CallAnswerKind.Dial => Wrong("to", "dial needs a phone number or a sip: address."),
            CallAnswerKind.Stream when IsUrl("wss") => Right(new(Kind, Url: Url)),
            CallAnswerKind.Stream => Wrong("url", "stream needs a wss:// URL."),
            CallAnswerKind.Redirect when IsUrl("https") => Right(new(Kind, Url: Url)),
            CallAnswerKind.Redirect => Wrong("url", "redirect needs an https:// URL."),
            _ => Right(new(Kind)),
        };

    internal static CallAnswer? FromJson(string? json) => json is null ? null : JsonSerializer.Deserialize<CallAnswer>(json, ApiJson.Options);

    internal static string? ToJson(CallAnswer? answer) => answer is null ? null : JsonSerializer.Serialize(answer, ApiJson.Options);

    private static (CallAnswer?, string, string) Right(CallAnswer answer) => (answer, "", "");

    private static (CallAnswer?, string, string) Wrong(string field, string message) => (null, $"answer.{field}", message);

    private static bool IsSip(string? to) =>
        to is { Length: <= MaxSipLength }
        && (to.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || to.StartsWith("sips:", StringComparison.OrdinalIgnoreCase))
        && to.IndexOf('@', StringComparison.Ordinal) is > 4 and var at
        && at < to.Length - 1
        && !to.Any(char.IsWhiteSpace);

    private bool IsUrl(string scheme) => Uri.TryCreate(Url, UriKind.Absolute, out var url) && url.Scheme == scheme && url.UserInfo.Length == 0;
}

public enum CallAnswerKind
{
    Say,
    Dial,
    Stream,
    Redirect,
    Reject,
}
