namespace Messages.Contacts;

/// <summary>Somebody gave a phone or email as theirs that another contact has: a sign that the two are one person, and no more than that.</summary>
/// <param name="ContactId">Who gave it.</param>
/// <param name="OwnerId">Who has it.</param>
public sealed record IdentityClaimed(Guid ContactId, Guid OwnerId);
