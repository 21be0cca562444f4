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

    /// <summary>
    /// Twilio confirms STOP and START and answers HELP itself, as is its default. False only where Twilio's support has turned that off for the account: then we do.
    /// </summary>
    public bool AnswersKeywords { get; set; } = true;

    /// <summary>Our own address as the provider sees it; where it is not set, the gateway's forwarded headers tell.</summary>
    public Uri? PublicUrl { get; set; }
}
