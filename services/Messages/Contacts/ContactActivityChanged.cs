namespace Messages.Contacts;

/// <summary>Somebody got in touch or was contacted: counters and last contact moved.</summary>
/// <param name="Version">Counts the activity changes of this contact, apart from the card's version.</param>
/// <param name="LastContactAt">Null for a contact whose activity was another's, and whose merge with it was undone.</param>
/// <param name="ConversationIds">The conversations whose interactions were counted by this change; they belong to this contact.</param>
public sealed record ContactActivityChanged(
    Guid ContactId,
    long Version,
    DateTimeOffset? LastContactAt,
    int CallCount,
    int MessageCount,
    int ChatCount,
    IReadOnlyList<Guid> ConversationIds
);
