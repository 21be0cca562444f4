using Contacts.Cards;
using Contacts.Tags;
using ServiceDefaults.Postgres;

namespace Contacts.Consent;

/// <summary>Which identities have opted out of automated messages. The tag <c>opt-out</c> is their view.</summary>
internal static class OptOuts
{
    /// <summary>A contact that gains an identity which has opted out is opted out with it, however it gains it.</summary>
    /// <returns>The states in the order given.</returns>
    public static async Task<IReadOnlyList<ContactState>> FollowAsync(
        UnitOfWork work,
        IReadOnlyList<(ContactState State, IReadOnlyList<Identity> Gained)> contacts,
        CancellationToken cancellationToken
    )
    {
        var gained = contacts.SelectMany(contact => contact.Gained.Select(identity => (identity.Kind, identity.Value))).ToHashSet();
        if (gained.Count == 0)
        {
            return [.. contacts.Select(contact => contact.State)];
        }
        await IdentityLock.ShareAsync(work, gained, cancellationToken);
        var optedOut = (
            await work.QueryAsync<(string Kind, string Value)>(
                "SELECT c.kind, c.value FROM unnest(@kinds, @values) AS gained (kind, value) JOIN consents c USING (kind, value) WHERE c.opted_out",
                new { kinds = gained.Select(one => one.Kind).ToArray(), values = gained.Select(one => one.Value).ToArray() },
                cancellationToken
            )
        ).ToHashSet();
        return
        [
            .. contacts.Select(contact =>
                contact.Gained.Any(identity => optedOut.Contains((identity.Kind, identity.Value)))
                    ? contact.State.WithTags(contact.State.Tags.Append(TagName.OptOut))
                    : contact.State
            ),
        ];
    }
}
