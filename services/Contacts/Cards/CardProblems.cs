using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

internal static class CardProblems
{
    public static ProblemHttpResult IdentityRequired() =>
        Problem.Invalid("phone", "phone: a contact needs a phone, an email or an id in another system.", "identity-required");

    /// <summary>Names the contact that has the first of the identities which could not be given; of an erased person, nothing but the field.</summary>
    public static ProblemHttpResult Refused(IReadOnlyList<RefusedIdentity> refused)
    {
        if (refused.Where(one => one.Reason == RefusalReason.Erased).DistinctBy(one => one.Kind).ToList() is { Count: > 0 } erased)
        {
            return Problem.Conflict(
                "erased",
                "The person asked to be forgotten. Only the person can change that, by getting in touch.",
                erased.ToDictionary(one => one.Kind, one => new[] { $"{one.Kind}: its person asked to be forgotten." })
            );
        }
        if (refused.FirstOrDefault(one => one.Reason == RefusalReason.OwnNumber) is { } own)
        {
            return Problem.Conflict(
                "own-number",
                $"{own.Value} is one of the business's own numbers, which are nobody's contact.",
                new Dictionary<string, string[]> { [own.Kind] = [$"{own.Kind}: one of the business's own numbers."] }
            );
        }
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
