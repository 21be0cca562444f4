namespace Messages.Contacts;

/// <summary>
/// A person asked to be forgotten. The contact is gone as by <see cref="ContactDeleted"/> (which is sent too); what was said until then goes as well: bodies, transcripts,
/// recordings, and the number it was said with. What is said later is somebody getting in touch.
/// </summary>
/// <param name="ContactIds">The contact and those that it had absorbed; empty where a number or address was erased that no contact had any more.</param>
/// <param name="Identities">All that the person was recognised by, so that what was not linked yet, or not any more, is found too.</param>
/// <param name="At">Until when, UTC.</param>
public sealed record ContactErased(Guid ErasureId, IReadOnlyList<Guid> ContactIds, IReadOnlyList<ContactIdentity> Identities, DateTimeOffset At);
