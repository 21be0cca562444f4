using System.Text.Json;
using ServiceDefaults.Authentication;

namespace Identity.Members;

/// <summary>What a person is in a workspace.</summary>
public enum MemberRole
{
    Owner,
    Admin,
    Member,
    ReadOnly,
}

internal static class MemberRoles
{
    private static readonly string[] ReadScopes = [Scopes.ContactsRead, Scopes.ConversationsRead];
    private static readonly string[] WorkScopes = [.. ReadScopes, Scopes.ContactsWrite, Scopes.ConversationsWrite, Scopes.Outbound];

    /// <summary>As it stands in the database, in tokens and in JSON.</summary>
    public static string ToText(this MemberRole role) => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString());

    public static MemberRole Parse(string text) => Enum.GetValues<MemberRole>().Single(role => role.ToText() == text);

    /// <summary>Owners and admins differ in who may make and remove owners, not in scopes.</summary>
    public static IReadOnlyList<string> ScopesOf(this MemberRole role) =>
        role switch
        {
            MemberRole.Owner or MemberRole.Admin => Scopes.All,
            MemberRole.Member => WorkScopes,
            _ => ReadScopes,
        };
}
