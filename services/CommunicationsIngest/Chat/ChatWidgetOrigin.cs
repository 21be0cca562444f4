namespace CommunicationsIngest.Chat;

/// <summary>An origin as browsers send it (RFC 6454): scheme, host, and the port where it is not the scheme's own; nothing behind it.</summary>
internal static class ChatWidgetOrigin
{
    public const int MaxLength = 255;

    public static bool TryParse(string text, out string origin)
    {
        origin = "";
        if (
            text.Length > MaxLength
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Host.Length == 0
            || url.PathAndQuery != "/"
            || url.Fragment.Length > 0
            || url.UserInfo.Length > 0
        )
        {
            return false;
        }
        origin = url.IsDefaultPort ? $"{url.Scheme}://{url.IdnHost}" : $"{url.Scheme}://{url.IdnHost}:{url.Port}";
        return true;
    }
}
