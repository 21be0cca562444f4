using System.Security.Cryptography;

namespace Contacts.AppHost;

/// <summary>A parameter that is made when nobody gives it. Only for the demo: a published system's secrets are given by whoever deploys it.</summary>
internal sealed class Generated(Func<string> make) : ParameterDefault
{
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    public override string GetDefaultValue() => make();

    public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException("Demo secrets are not published.");

    /// <summary>20 characters without look-alikes, for people to type.</summary>
    public static string Password() => RandomNumberGenerator.GetString(Alphabet, 20);

    /// <summary>The shape of Twilio's: AC and 32 hexadecimal digits.</summary>
    public static string TwilioAccountSid() => "AC" + RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>256 bits.</summary>
    public static string ErasureKey() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    public static string TwilioAuthToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);
}
