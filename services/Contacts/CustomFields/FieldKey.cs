using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Contacts.CustomFields;

/// <summary>The name under which a contact has a custom field's value: small letters, digits and underscores, a letter first, at most 40.</summary>
internal static partial class FieldKey
{
    public const int MaxLength = 40;
    public const string Pattern = "^[a-z][a-z0-9_]{0,39}$";

    /// <returns>A key that reads like the label (<c>Größe (cm)</c>: <c>grosse_cm</c>); null where the label has no letter of the Latin alphabet to make one of.</returns>
    public static string? Of(string label)
    {
        var letters = string.Concat(
            label
                .ToLowerInvariant()
                .Replace("ß", "ss", StringComparison.Ordinal)
                .Normalize(NormalizationForm.FormKD)
                .Where(character => CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark)
        );
        var key = Others().Replace(letters, "_").Trim('_');
        key = key.Length > 0 && char.IsAsciiDigit(key[0]) ? "field_" + key : key;
        key = (key.Length > MaxLength ? key[..MaxLength] : key).TrimEnd('_');
        return key.Length > 0 ? key : null;
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Others();
}
