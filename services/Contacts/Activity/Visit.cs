using Messages;
using Messages.CommunicationsIngest;

namespace Contacts.Activity;

/// <summary>All interactions of one batch with one person, by the identity under which the person came.</summary>
internal sealed record Visit(string Kind, string Value)
{
    public required DateTimeOffset LastAt { get; init; }
    public required int Calls { get; init; }
    public required int Texts { get; init; }
    public required int Chats { get; init; }
    public required IReadOnlyList<Guid> ConversationIds { get; init; }

    /// <summary>What the person typed into a form of the channel, as it came.</summary>
    public required IReadOnlyList<FormEntry> Forms { get; init; }

    /// <summary>The trace of the first interaction: what follows from the batch is shown there.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Hidden callers, short codes and malformed ids are nobody, and make no visit. In the order of identities, so that batches lock in one order.</summary>
    public static IReadOnlyList<Visit> Gather(IReadOnlyList<Event<InteractionRecorded>> events) =>
        [
            .. events
                .Select(e => (Event: e, Identity: ParticipantIdentity.Read(e.Data.Participant)))
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
            Forms =
            [
                .. events
                    .Where(e => e.Data.Participant is { Name: not null } or { Email: not null } or { Phone: not null })
                    .Select(e => new FormEntry(e.Data.Participant!, e.Data.ConversationId, e.Data.At.ToUniversalTime())),
            ],
            TraceParent = events[0].TraceParent,
        };
}

/// <summary>What the channel itself said of a person with one interaction.</summary>
internal sealed record FormEntry(Participant Participant, Guid ConversationId, DateTimeOffset At);
