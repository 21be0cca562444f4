using System.Text.Json;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace CommunicationsIngest.Consent;

/// <summary>Whose consent it is: a phone in E.164, or a chat visitor's id.</summary>
internal readonly record struct ConsentIdentity(IdentityKind Kind, string Value)
{
    public string KindName => JsonNamingPolicy.SnakeCaseLower.ConvertName(Kind.ToString());

    public Participant AsParticipant() => new(Kind, Value);

    public static ConsentIdentity Phone(string e164) => new(IdentityKind.Phone, e164);

    public static ConsentIdentity Of(Participant participant) => new(participant.Kind, participant.Value);
}
