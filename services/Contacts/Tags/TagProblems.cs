using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Tags;

internal static class TagProblems
{
    public static ProblemHttpResult InvalidName() =>
        Problem.Invalid("name", $"name: a tag takes 1 to {TagName.MaxLength} characters in one line, without commas.", "invalid-tag");

    public static ProblemHttpResult System() =>
        Problem.Conflict("system-tag", "The product depends on this tag: it can be neither renamed nor deleted. Its colour can be changed.");

    public static ProblemHttpResult TooMany() => Problem.Conflict("too-many-tags", $"A workspace has at most {ContactTags.MaxPerWorkspace} tags.");

    public static async Task<ProblemHttpResult> ExistsAsync(UnitOfWork work, TagName name, CancellationToken cancellationToken) =>
        Exists(await work.FirstOrDefaultAsync<Guid?>("SELECT id FROM tags WHERE key = @Key", new { name.Key }, cancellationToken));

    public static ProblemHttpResult Exists(Guid? id)
    {
        var problem = Problem.Conflict(
            "tag-exists",
            "Another tag has this name.",
            new Dictionary<string, string[]> { ["name"] = ["name: another tag has it."] }
        );
        problem.ProblemDetails.Extensions["tag_id"] = id;
        return problem;
    }
}
