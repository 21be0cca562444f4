using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Merges;

internal static class MergeProblems
{
    public static ProblemHttpResult Self() =>
        Problem.Conflict(
            "merge-self",
            "A contact cannot be merged with itself.",
            new Dictionary<string, string[]> { ["absorbed_id"] = ["absorbed_id: the same as survivor_id."] }
        );

    /// <param name="moved">The redirect of the contact that is no longer there.</param>
    public static ProblemHttpResult AlreadyMerged(Guid absorbedId, ProblemHttpResult moved)
    {
        var survivorId = Absorbed.SurvivorIn(moved);
        var problem = Problem.Conflict("contact-merged", $"Contact {absorbedId} was merged and is contact {survivorId} now.");
        problem.ProblemDetails.Extensions["contact_id"] = survivorId;
        return problem;
    }

    public static ProblemHttpResult VersionMismatch(string field) =>
        Problem.Of(
            StatusCodes.Status412PreconditionFailed,
            "version-mismatch",
            "It was changed in the meantime.",
            $"{field} names another version than the present one. Look at the preview again and repeat the merge."
        );

    public static ProblemHttpResult TooLarge(IReadOnlyDictionary<string, string[]> excess) =>
        Problem.Conflict(
            "merge-too-large",
            "Together the two have more than one contact can hold: " + string.Join(" ", excess.Values.SelectMany(messages => messages)),
            excess.ToDictionary()
        );

    public static ProblemHttpResult Undone() => Problem.Conflict("merge-undone", "This merge was undone already.");

    /// <param name="laterMergeId">The merge that absorbed the survivor.</param>
    public static ProblemHttpResult Chain(Guid laterMergeId)
    {
        var problem = Problem.Conflict("merge-chain", $"The survivor was itself absorbed by merge {laterMergeId}. Undo that one first.");
        problem.ProblemDetails.Extensions["merge_id"] = laterMergeId;
        return problem;
    }
}
