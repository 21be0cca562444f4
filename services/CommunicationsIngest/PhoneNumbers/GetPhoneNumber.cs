using CommunicationsIngest.Workspaces;
using Identifiers;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.PhoneNumbers;

internal static class GetPhoneNumber
{
    /// <summary>Reads one of the workspace's own numbers.</summary>
    /// <param name="number">E.164, or as written in the workspace's country.</param>
    public static async Task<Results<Ok<PhoneNumberResponse>, ProblemHttpResult>> HandleAsync(
        string number,
        UnitOfWork work,
        CancellationToken cancellationToken
    )
    {
        var row = PhoneNumber.TryParse(number, await DefaultCountry.ReadAsync(work, cancellationToken), out var phone)
            ? await work.FirstOrDefaultAsync<PhoneNumberRow>(
                $"SELECT {PhoneNumberRow.Columns} FROM phone_numbers WHERE number = @E164",
                new { phone.E164 },
                cancellationToken
            )
            : null;
        return row is null ? Problem.NotFound("phone number") : TypedResults.Ok(row.ToResponse());
    }
}
