using Contacts.Cards;
using Contacts.Tags;

namespace Contacts.Merges;

/// <summary>
/// What two contacts are once their merge is undone. The survivor's fields go back where they still have what the merge gave them; the absorbed contact gets its identities
/// back, those that are still the survivor's. A restriction that came since the merge is the person's, and nobody knows whose of the two: it stays on both.
/// </summary>
/// <param name="Restored">One-valued fields of the survivor that are as before the merge again.</param>
internal sealed record Restoration(ContactState Survivor, ContactState Absorbed, IReadOnlyList<string> Restored)
{
    /// <param name="merge">What the merge did.</param>
    /// <param name="survivor">As it is now.</param>
    /// <param name="absorbed">As it is now: frozen, without identities.</param>
    /// <param name="added">Tags that the merge added, by their present names.</param>
    /// <param name="setSince">Keys of tags that somebody set on the survivor since the merge.</param>
    public static Restoration Of(MergeRow merge, ContactState survivor, ContactState absorbed, IReadOnlyList<TagName> added, IReadOnlySet<string> setSince)
    {
        var (before, after, returning) = (merge.ReadSurvivorBefore(), merge.ReadSurvivorAfter(), merge.ReadAbsorbed().Identities);
        string[] restored =
        [
            .. OneValued.Of(before, after).Where(field => !OneValued.AreEqual(before, after, field) && OneValued.AreEqual(survivor, after, field)),
        ];
        var restoredSurvivor = restored.Aggregate(survivor, (state, field) => OneValued.Copy(state, before, field));
        var moving = returning.Where(identity => survivor.Identities.Any(identity.IsSameAs)).ToList();
        restoredSurvivor = WithPrimaries(
            before,
            after,
            survivor,
            moving.Aggregate(restoredSurvivor, (state, identity) => state.Without(identity.Kind, identity.Value))
        );
        var since = TagName.Restrictions.Where(tag => survivor.Tags.Contains(tag) && (!after.Tags.Contains(tag) || setSince.Contains(tag.Key)));
        return new(
            restoredSurvivor.WithTags(survivor.Tags.Where(tag => !added.Contains(tag) || setSince.Contains(tag.Key))),
            Give(absorbed, moving, survivor).WithTags(absorbed.Tags.Concat(since)),
            restored
        );
    }

    /// <summary>A primary identity that the merge replaced is primary again, unless somebody has made another one so since.</summary>
    private static ContactState WithPrimaries(ContactState before, ContactState after, ContactState survivor, ContactState state) =>
        before
            .Identities.Where(identity => identity.IsPrimary && after.PrimaryOf(identity.Kind) != identity.Value)
            .Where(identity => survivor.PrimaryOf(identity.Kind) == after.PrimaryOf(identity.Kind) && state.Identities.Any(identity.IsSameAs))
            .Aggregate(state, (restored, identity) => restored.With(identity.Kind, identity.Value, isPrimary: true, SharedIn(state, identity)));

    private static ContactState Give(ContactState absorbed, IReadOnlyList<Identity> moving, ContactState survivor) =>
        moving
            .OrderByDescending(identity => identity.IsPrimary)
            .Aggregate(absorbed, (state, identity) => state.With(identity.Kind, identity.Value, identity.IsPrimary, SharedIn(survivor, identity)));

    private static bool SharedIn(ContactState state, Identity identity) => state.Identities.First(identity.IsSameAs).IsShared;
}
