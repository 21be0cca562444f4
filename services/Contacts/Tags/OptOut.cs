using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Tags;

internal static class OptOut
{
    /// <summary>Whether somebody may be texted is decided by that person's consent; a request can neither set nor clear it.</summary>
    public static ProblemHttpResult Protected() =>
        Problem.Conflict(
            "opt-out-protected",
            "The tag opt-out follows the contact's own consent (STOP, START) and cannot be set or cleared here.",
            new Dictionary<string, string[]> { ["tags"] = ["tags: opt-out cannot be set or cleared here."] }
        );
}
