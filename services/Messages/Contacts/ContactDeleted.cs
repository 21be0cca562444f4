namespace Messages.Contacts;

/// <summary>A contact was deleted for good. Its conversations stay, under the number.</summary>
/// <param name="Version">One above the last card's: a late <see cref="ContactChanged"/> does not bring the contact back.</param>
public sealed record ContactDeleted(Guid ContactId, long Version);
