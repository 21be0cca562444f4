using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messages.Identity;

namespace Messages;

/// <summary>
/// Who listens to what. A publisher declares the queues of its subscribers when it starts, so that nothing is lost to a subscriber that has not run yet.
/// A handler named <c>RecordInteractions</c> of the service <c>contacts</c> reads the queue <c>contacts.record-interactions</c>.
/// </summary>
public static class Subscriptions
{
    public static readonly IReadOnlyList<Subscription> All =
    [
        new("contacts.record-interactions", typeof(InteractionRecorded)),
        new("contacts.find-duplicates", typeof(ContactChanged)),
        new("contacts.compare-claimants", typeof(IdentityClaimed)),
        new("contacts.take-captured-details", typeof(DetailsCaptured)),
        new("communications.refresh-contact-cards", typeof(ContactChanged)),
        new("communications.follow-do-not-call", typeof(ContactChanged)),
        new("communications.forget-deleted-contacts", typeof(ContactDeleted)),
        new("communications.erase-conversations", typeof(ContactErased)),
        new("communications.link-conversations", typeof(ContactActivityChanged)),
        new("communications.follow-merges", typeof(ContactMerged)),
        new("communications.follow-undone-merges", typeof(ContactMergeUndone)),
        new("search.index-contacts", typeof(ContactChanged)),
        new("search.remove-deleted-contacts", typeof(ContactDeleted)),
        new("search.remove-absorbed-contacts", typeof(ContactMerged)),
        new("search.index-activity", typeof(ContactActivityChanged)),
        new("contacts.refresh-workspace", typeof(WorkspaceChanged)),
        new("contacts.follow-consent", typeof(ConsentChanged)),
        new("contacts.refresh-own-numbers", typeof(OwnNumberChanged)),
        new("communications.refresh-workspace", typeof(WorkspaceChanged)),
        new("contacts.complete-erasures", typeof(ConversationsErased)),
        new("contacts.keep-audit", typeof(AuditRecorded)),
    ];
}

/// <param name="Queue">Name of the subscriber's quorum queue.</param>
/// <param name="Event">Type of the event's data.</param>
public sealed record Subscription(string Queue, Type Event);
