using System.Globalization;
using System.Text;

namespace Identifiers;

/// <summary>
/// An email address in the form in which it is compared: lower case, Unicode domain, no display name. At most 254 characters (RFC 5321, 4.5.3.1.3), 64 before the @.
/// The standard lets the part before the @ depend on case; no provider in use does.
/// </summary>
public readonly record struct EmailAddress
{
    private const int MaxLength = 254;
    private const int MaxLocalLength = 64;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string value) => Value = value;

    public string Value { get; }

    /// <summary>
    /// The mailbox that this most likely is, by which duplicates are looked for; not an address to write to. Without the tag after + (RFC 5233; Gmail, Outlook.com, iCloud, Fastmail and
    /// Proton deliver it to the same mailbox), and for Gmail without dots and under one domain (Gmail Help, "Dots don't matter in Gmail addresses").
    /// </summary>
    public string LikenessKey
    {
        get
        {
            var at = Value.LastIndexOf('@');
            var (local, domain) = (Value[..at], Value[(at + 1)..]);
            // A plus in first place begins no tag: there would be no mailbox before it.
            var mailbox = local.IndexOf('+', 1) is > 0 and var plus ? local[..plus] : local;
            return domain is "gmail.com" or "googlemail.com" ? $"{mailbox.Replace(".", "", StringComparison.Ordinal)}@gmail.com" : $"{mailbox}@{domain}";
        }
    }

    public override string ToString() => Value;

    /// <summary>Reads <c>name@host.tld</c>. Quoted names, address literals and hosts without a dot are refused: nobody's mailbox looks like that.</summary>
    public static bool TryParse(string? text, out EmailAddress address)
    {
        address = default;
        if (text is not { Length: > 0 and <= 2 * MaxLength } || !Utf16.IsWellFormed(text))
        {
            return false;
        }
        var normal = text.Trim().Normalize(NormalizationForm.FormC);
        var at = normal.IndexOf('@', StringComparison.Ordinal);
        if (at < 1 || !IsLocalPart(normal.AsSpan(0, at)) || !TryReadDomain(normal[(at + 1)..], out var domain))
        {
            return false;
        }
        var value = $"{normal[..at].ToLowerInvariant()}@{domain}";
        if (value.Length > MaxLength)
        {
            return false;
        }
        address = new(value);
        return true;
    }

    /// <summary>RFC 5322 dot-atom, with the letters of every script (RFC 6532).</summary>
    private static bool IsLocalPart(ReadOnlySpan<char> local)
    {
        if (local.Length > MaxLocalLength || local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }
        foreach (var character in local.EnumerateRunes())
        {
            if (
                character.IsAscii
                    ? !char.IsAsciiLetterOrDigit((char)character.Value) && !"!#$%&'*+-/=?^_`{|}~.".Contains((char)character.Value)
                    : !PrintableText.IsVisible(character)
            )
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryReadDomain(string text, out string domain)
    {
        domain = "";
        if (!text.Contains('.', StringComparison.Ordinal) || text.EndsWith('.'))
        {
            return false;
        }
        try
        {
            var ascii = Idn.GetAscii(text).ToLowerInvariant();
            domain = Idn.GetUnicode(ascii).ToLowerInvariant();
            return ascii[(ascii.LastIndexOf('.') + 1)..].Any(char.IsAsciiLetter);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
