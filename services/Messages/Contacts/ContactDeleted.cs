namespace Messages.Contacts;

/// <summary>A contact was deleted for good. Its conversations stay, under the number.</summary>
/// <param name="Version">One above the last card's: a late <see cref="ContactChanged"/> does not bring the contact back.</param>
/// <param name="IsErased">The person asked to be forgotten: <see cref="ContactErased"/>, which may come before or after, says what becomes of the conversations.</param>
public sealed record ContactDeleted(Guid ContactId, long Version, bool IsErased = false);
