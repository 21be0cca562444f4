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
}
