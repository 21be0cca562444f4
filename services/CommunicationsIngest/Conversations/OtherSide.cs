using Identifiers;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace CommunicationsIngest.Conversations;

/// <summary>The other side of a call or a text, out of what the network gave as its address.</summary>
/// <param name="Address">E.164 for a person; the network's own text for a short code or a sender's name; <see cref="Hidden"/> for a withheld number.</param>
/// <param name="Role">person, hidden or service; the database knows whether a person's number is one of our own.</param>
internal readonly record struct OtherSide(string Address, string Role)
{
    public const string Hidden = "anonymous";
    private const int MaxLength = 64;

    public static OtherSide From(string? address)
    {
        if (PhoneNumber.IsHiddenCaller(address))
        {
            return new(Hidden, "hidden");
        }
        return PhoneNumber.TryParseCallerId(address, out var number) ? new(number.E164, "person") : new(Shorten(address!.Trim()), "service");
    }

    /// <summary>Who may become a contact: nobody who hides, no service, and none of our own numbers.</summary>
    public Participant? AsParticipant(bool isOwnNumber) => Role == "person" && !isOwnNumber ? new(IdentityKind.Phone, Address) : null;

    private static string Shorten(string text) => text.Length <= MaxLength ? text : text[..MaxLength];
}
