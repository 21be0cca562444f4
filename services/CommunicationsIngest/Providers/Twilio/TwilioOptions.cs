using System.ComponentModel.DataAnnotations;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>Configuration <c>Twilio:*</c>, and <c>PublicUrl</c>, under which the provider reaches us.</summary>
internal sealed class TwilioOptions
{
    public const string Section = "Twilio";

    public string AccountSid { get; set; } = "";

    /// <summary>Signs the webhooks. While it is empty, every webhook is refused.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>The REST API, and the only host from which recordings are fetched.</summary>
    [Required]
    public Uri BaseUrl { get; set; } = new("https://api.twilio.com");

    /// <summary>Our own address as the provider sees it; where it is not set, the gateway's forwarded headers tell.</summary>
    public Uri? PublicUrl { get; set; }
}
