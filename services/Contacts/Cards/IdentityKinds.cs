using Messages.Contacts;

namespace Contacts.Cards;

/// <summary>The kinds of identities as the database names them.</summary>
internal static class IdentityKinds
{
    public const string Phone = "phone";
    public const string Email = "email";
    public const string ChatVisitor = "chat_visitor";
    public const string External = "external";

    public static string NameOf(IdentityKind kind) =>
        kind switch
        {
            IdentityKind.Phone => Phone,
            IdentityKind.Email => Email,
            IdentityKind.ChatVisitor => ChatVisitor,
            IdentityKind.External => External,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    public static IdentityKind Parse(string name) =>
        name switch
        {
            Phone => IdentityKind.Phone,
            Email => IdentityKind.Email,
            ChatVisitor => IdentityKind.ChatVisitor,
            External => IdentityKind.External,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
}
