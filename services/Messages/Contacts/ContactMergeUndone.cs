namespace Messages.Contacts;

/// <summary>
/// A merge was taken back: both contacts are there again, and their cards follow in a <see cref="ContactChanged"/> each. What the merge moved goes back to the contact it
/// came from; what happened since stays with the survivor.
/// </summary>
public sealed record ContactMergeUndone(Guid MergeId, Guid SurvivorId, Guid AbsorbedId);
