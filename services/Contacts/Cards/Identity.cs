namespace Contacts.Cards;

/// <summary>Something by which a contact is recognised, normalised. Of each kind that a contact has, one is primary.</summary>
/// <param name="Kind">One of <see cref="IdentityKinds"/>.</param>
/// <param name="IsShared">Several people use it: it does not by itself make two contacts one person.</param>
internal readonly record struct Identity(string Kind, string Value, bool IsPrimary, bool IsShared = false)
{
    public bool IsSameAs(Identity other) => (Kind, Value) == (other.Kind, other.Value);
}
