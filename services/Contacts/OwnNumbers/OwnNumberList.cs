using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.OwnNumbers;

/// <summary>The business's own numbers, which are no contact's phone.</summary>
internal static class OwnNumberList
{
    /// <returns>Those of the phones that are the business's own.</returns>
    public static async Task<IReadOnlySet<string>> AmongAsync(UnitOfWork work, IReadOnlyCollection<string> phones, CancellationToken cancellationToken) =>
        phones.Count == 0
            ? new HashSet<string>()
            : (
                await work.QueryAsync<string>(
                    "SELECT number FROM own_numbers WHERE is_own AND number = ANY (@phones)",
                    new { phones = phones.ToArray() },
                    cancellationToken
                )
            ).ToHashSet();

    /// <returns>Those that must not be given, because they are the business's own.</returns>
    public static async Task<IReadOnlyList<RefusedIdentity>> RefuseAsync(
        UnitOfWork work,
        IReadOnlyList<GainedIdentity> given,
        CancellationToken cancellationToken
    )
    {
        var phones = given.Where(one => one.Identity.Kind == IdentityKinds.Phone).ToList();
        var own = await AmongAsync(work, [.. phones.Select(one => one.Identity.Value)], cancellationToken);
        return
        [
            .. phones
                .Where(one => own.Contains(one.Identity.Value))
                .Select(one => new RefusedIdentity(one.ContactId, one.Identity.Kind, one.Identity.Value, null, RefusalReason.OwnNumber)),
        ];
    }
}
