using Identifiers;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Workspaces;

/// <summary>The country in whose way people of this workspace write phone numbers. ISO 3166-1 alpha-2.</summary>
internal static class DefaultCountry
{
    public static async Task<string> ReadAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        await work.FirstOrDefaultAsync<string>("SELECT default_country FROM workspaces", cancellationToken: cancellationToken) ?? PhoneNumber.DefaultCountry;
}
