using Contacts.Cards;
using Identifiers;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace Contacts.Activity;

/// <summary>By what a participant is recognised. Hidden callers, short codes and malformed ids are nobody.</summary>
internal static class ParticipantIdentity
{
    private const int MaxVisitorId = 200;

    public static (string Kind, string Value)? Read(Participant? participant) =>
        participant switch
        {
            { Kind: IdentityKind.Phone } when PhoneNumber.TryParseCallerId(participant.Value, out var phone) => (IdentityKinds.Phone, phone.E164),
            { Kind: IdentityKind.Email } when EmailAddress.TryParse(participant.Value, out var email) => (IdentityKinds.Email, email.Value),
            { Kind: IdentityKind.ChatVisitor } when IsVisitorId(participant.Value) => (IdentityKinds.ChatVisitor, participant.Value),
            _ => null,
        };

    private static bool IsVisitorId(string id) =>
        id.Length is > 0 and <= MaxVisitorId && !string.IsNullOrWhiteSpace(id) && !id.Contains('\0', StringComparison.Ordinal) && Utf16.IsWellFormed(id);
}
