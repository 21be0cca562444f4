using PhoneNumbers;

namespace Identity.Workspaces;

/// <summary>ISO 3166-1 alpha-2 codes of the countries and territories that have a telephone numbering plan (libphonenumber's list).</summary>
internal static class Country
{
    private static readonly HashSet<string> Codes = [.. PhoneNumberUtil.GetInstance().GetSupportedRegions()];

    public const string Unknown = "default_country takes an ISO 3166-1 alpha-2 code, such as US or DE.";

    public static bool TryParse(string text, out string code)
    {
        code = text.ToUpperInvariant();
        return Codes.Contains(code);
    }
}
