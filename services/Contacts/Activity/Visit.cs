using Contacts.Cards;
using Identifiers;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace Contacts.Activity;

/// <summary>All interactions of one batch with one person, by the identity under which the person came.</summary>
internal sealed record Visit(string Kind, string Value)
{
    private const int MaxVisitorId = 200;

    public required DateTimeOffset LastAt { get; init; }
    public required int Calls { get; init; }
    public required int Texts { get; init; }
    public required int Chats { get; init; }
    public required IReadOnlyList<Guid> ConversationIds { get; init; }

    /// <summary>What the channel itself said of the person, by the earliest interaction that said it; checked, null where it said nothing usable.</summary>
    public string? Name { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    /// <summary>The trace of the first interaction: what follows from the batch is shown there.</summary>
    public string? TraceParent { get; init; }

    public bool ClaimsAnything => Name is not null || Email is not null || Phone is not null;

    /// <summary>Hidden callers, short codes and malformed ids are nobody, and make no visit. In the order of identities, so that batches lock in one order.</summary>
    public static IReadOnlyList<Visit> Gather(IReadOnlyList<Event<InteractionRecorded>> events) =>
        [
            .. events
                .Select(e => (Event: e, Identity: Read(e.Data.Participant)))
                .Where(interaction => interaction.Identity is not null)
                .GroupBy(interaction => interaction.Identity!.Value, interaction => interaction.Event)
                .Select(person => Of(person.Key, [.. person.OrderBy(e => e.Data.At)]))
                .OrderBy(visit => visit.Kind, StringComparer.Ordinal)
                .ThenBy(visit => visit.Value, StringComparer.Ordinal),
        ];

    private static Visit Of((string Kind, string Value) identity, List<Event<InteractionRecorded>> events) =>
        new(identity.Kind, identity.Value)
        {
            LastAt = events[^1].Data.At.ToUniversalTime(),
            Calls = events.Count(e => e.Data.Channel == Channel.Call),
            Texts = events.Count(e => e.Data.Channel == Channel.Text),
            Chats = events.Count(e => e.Data.Channel == Channel.Chat),
            ConversationIds = [.. events.Select(e => e.Data.ConversationId).Distinct()],
            Name = events.Select(e => ReadName(e.Data.Participant!.Name)).FirstOrDefault(name => name is not null),
            Email = events.Select(e => ReadEmail(e.Data.Participant!.Email)).FirstOrDefault(email => email is not null),
            Phone = events.Select(e => ReadPhone(e.Data.Participant!.Phone)).FirstOrDefault(phone => phone is not null),
            TraceParent = events[0].TraceParent,
        };

    private static (string Kind, string Value)? Read(Participant? participant) =>
        participant switch
        {
            { Kind: IdentityKind.Phone } when ReadPhone(participant.Value) is { } phone => (IdentityKinds.Phone, phone),
            { Kind: IdentityKind.Email } when ReadEmail(participant.Value) is { } email => (IdentityKinds.Email, email),
            { Kind: IdentityKind.ChatVisitor } when IsVisitorId(participant.Value) => (IdentityKinds.ChatVisitor, participant.Value),
            _ => null,
        };

    private static string? ReadPhone(string? phone) => PhoneNumber.TryParseCallerId(phone, out var number) ? number.E164 : null;

    private static string? ReadEmail(string? email) => EmailAddress.TryParse(email, out var address) ? address.Value : null;

    private static bool IsVisitorId(string id) =>
        id.Length is > 0 and <= MaxVisitorId && !string.IsNullOrWhiteSpace(id) && !id.Contains('\0', StringComparison.Ordinal);

    private static string? ReadName(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Contains('\0', StringComparison.Ordinal) || !Utf16.IsWellFormed(name))
        {
            return null;
        }
        var oneLine = string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return oneLine.Length <= ContactFields.MaxName ? oneLine : null;
    }
}
