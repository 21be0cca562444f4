namespace ServiceDefaults.Authentication;

/// <summary>What an API key or a member may do. A key carries some of these; a member's role implies a set of them.</summary>
public static class Scopes
{
    public const string ContactsRead = "contacts:read";
    public const string ContactsWrite = "contacts:write";
    public const string ConversationsRead = "conversations:read";
    public const string ConversationsWrite = "conversations:write";

    /// <summary>Calls and texts to people.</summary>
    public const string Outbound = "outbound";

    /// <summary>Phone numbers, tags, custom fields and other settings of the workspace.</summary>
    public const string Settings = "settings";

    /// <summary>API keys and members.</summary>
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [ContactsRead, ContactsWrite, ConversationsRead, ConversationsWrite, Outbound, Settings, Admin];
}
