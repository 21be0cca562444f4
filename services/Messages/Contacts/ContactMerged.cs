namespace Messages.Contacts;

/// <summary>
/// Two contacts turned out to be one person. The absorbed one is no longer found by itself; its id resolves to the survivor, whose card follows in a
/// <see cref="ContactChanged"/>. Whatever belonged to the absorbed contact belongs to the survivor now.
/// </summary>
/// <param name="AbsorbedVersion">One above the absorbed card's last: a late <see cref="ContactChanged"/> does not bring it back.</param>
public sealed record ContactMerged(Guid MergeId, Guid SurvivorId, Guid AbsorbedId, long AbsorbedVersion);
