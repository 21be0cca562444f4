using System.ComponentModel.DataAnnotations;

namespace Simulators.Twilio.Accounts;

/// <summary>The one account that this simulator hosts (configuration section <c>Twilio</c>).</summary>
internal sealed class TwilioAccount
{
    [Required, RegularExpression("^AC[0-9a-f]{32}$")]
    public string AccountSid { get; init; } = "";

    [Required]
    public string AuthToken { get; init; } = "";

    /// <summary>Origin of the media and recording URLs in webhooks; the address that the simulator listens on when absent.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>Numbers that the account owns, E.164. Empty: it owns every valid number.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    public bool Owns(string number) => Numbers.Count == 0 || Numbers.Contains(number);
}
