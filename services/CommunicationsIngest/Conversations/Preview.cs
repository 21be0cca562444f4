namespace CommunicationsIngest.Conversations;

/// <summary>The beginning of a message for a list: at most 200 characters, never half a surrogate pair.</summary>
internal static class Preview
{
    private const int MaxLength = 200;

    public static string Of(string body, int mediaCount = 0)
    {
        if (body.Length == 0 && mediaCount > 0)
        {
            return mediaCount == 1 ? "[1 attachment]" : $"[{mediaCount} attachments]";
        }
        if (body.Length <= MaxLength)
        {
            return body;
        }
        return body[..(char.IsHighSurrogate(body[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }
}
