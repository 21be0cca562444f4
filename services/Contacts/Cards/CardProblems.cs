using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

internal static class CardProblems
{
    public static ProblemHttpResult IdentityRequired() =>
        Problem.Invalid("phone", "phone: a contact needs a phone, an email or an id in another system.", "identity-required");

    /// <summary>Names the contact that has the first of the identities which could not be given.</summary>
    public static ProblemHttpResult Refused(IReadOnlyList<RefusedIdentity> refused)
    {
        var first = refused[0];
        if (first.OwnerId is null)
        {
            return Problem.Conflict("contact-exists", "Another request used this phone or email at the same moment. Repeat the request.");
        }
        var problem = Problem.Conflict(
            "contact-exists",
            $"The {first.Kind} is that of contact {first.OwnerId}.",
            refused.DistinctBy(one => one.Kind).ToDictionary(one => one.Kind, one => new[] { $"{one.Kind}: another contact has it." })
        );
        problem.ProblemDetails.Extensions["contact_id"] = first.OwnerId;
        return problem;
    }
}
