using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Simulators.Twilio.Accounts;

/// <summary>String identifiers: two letters for the kind of resource and 32 hexadecimal digits.</summary>
internal static class Sids
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The same text gives the same SID: what is played again is recognised as a repetition.</summary>
    public static string Of(string kind, string text) => kind + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(kind + text)).AsSpan(0, 16));

    public static bool IsSid(string? value, params ReadOnlySpan<string> kinds)
    {
        if (value is not { Length: 34 } || value.AsSpan(2).ContainsAnyExcept(Hexadecimal))
            return false;
        foreach (var kind in kinds)
        {
            if (value.StartsWith(kind, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
