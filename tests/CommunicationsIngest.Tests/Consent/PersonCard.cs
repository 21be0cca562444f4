using Messages;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Consent;

/// <summary>A contact as Contacts tells of it, version after version.</summary>
public sealed class PersonCard
{
    private long _version;

    public Guid Id { get; } = Guid.CreateVersion7();
    public IReadOnlyList<ContactIdentity> Identities { get; set; } = [];
    public IReadOnlyList<string> Tags { get; set; } = [];
    public string? TimeZone { get; set; }

    /// <param name="by">Who changed it.</param>
    public async Task DeliverAsync(Communications communications, ActorKind by = ActorKind.Person, DateTimeOffset? at = null)
    {
        var now = at ?? TimeProvider.System.GetUtcNow();
        var card = new ContactCard
        {
            Id = Id,
            Version = ++_version,
            TimeZone = TimeZone,
            Identities = Identities,
            Tags = Tags,
            CreatedAt = now,
            UpdatedAt = now,
            Source = by,
        };
        var changed = Happened.In(communications.WorkspaceId, new ContactChanged(card, ["tags"]), now);
        await communications.Factory.DeliverAsync(changed with { Actor = new(by, "somebody") });
    }
}
