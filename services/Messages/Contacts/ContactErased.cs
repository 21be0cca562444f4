namespace Messages.Contacts;

/// <summary>
/// A person asked to be forgotten. The contact is gone as by <see cref="ContactDeleted"/> (which is sent too); what was said goes as well: bodies, transcripts, recordings.
/// </summary>
/// <param name="Identities">All that the contact was recognised by, so that what was not linked to it yet is found too.</param>
public sealed record ContactErased(Guid ContactId, IReadOnlyList<ContactIdentity> Identities);
