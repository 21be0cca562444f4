using Contacts.Cards;
using Messages.Contacts;

namespace Contacts.Identities;

/// <summary>Something by which a contact is recognised.</summary>
/// <param name="Value">Normalised: E.164, lower-case email, <c>system:id</c>.</param>
/// <param name="IsPrimary">The one that is shown and used first; one of each kind is.</param>
/// <param name="IsShared">Several people use it: it does not by itself make two contacts one person.</param>
public sealed record IdentityResponse(IdentityKind Kind, string Value, bool IsPrimary, bool IsShared)
{
    internal static IdentityResponse Of(Identity identity) => new(IdentityKinds.Parse(identity.Kind), identity.Value, identity.IsPrimary, identity.IsShared);
}
