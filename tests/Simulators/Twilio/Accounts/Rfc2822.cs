using System.Globalization;

namespace Simulators.Twilio.Accounts;

/// <summary>Times as the provider writes them: <c>Mon, 23 Nov 2026 11:45:08 +0000</c>.</summary>
internal static class Rfc2822
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
