using Microsoft.AspNetCore.Http.HttpResults;

namespace CommunicationsIngest.PhoneNumbers;

internal static class UnknownNumber
{
    /// <summary>404: the provider reached us for a number that no workspace has registered.</summary>
    public static ProblemHttpResult Problem() =>
        ServiceDefaults.Problems.Problem.Of(
            StatusCodes.Status404NotFound,
            "unknown-number",
            "There is no such number.",
            "No workspace has this number. Register it with PUT /v1/phone-numbers/{number}."
        );
}
