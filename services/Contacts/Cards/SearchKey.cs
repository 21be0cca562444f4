using System.Text;

namespace Contacts.Cards;

/// <summary>A text as it is compared when searched for.</summary>
internal static class SearchKey
{
    public static string? Of(string? text) => text?.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
}
