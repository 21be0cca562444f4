using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace ServiceDefaults.Problems;

/// <summary>
/// Expected failures as RFC 9457 problem details. <c>type</c> is stable (<c>urn:contacts:problem:&lt;slug&gt;</c>), so that clients can branch on it;
/// <c>errors</c> names the failing fields; the trace id is added to each on its way out.
/// </summary>
public static class Problem
{
    public const string TypePrefix = "urn:contacts:problem:";

    /// <summary>400: one field is wrong.</summary>
    public static ProblemHttpResult Invalid(string field, string message, string slug = "validation") =>
        Invalid(new Dictionary<string, string[]> { [field] = [message] }, slug);

    /// <summary>400: several fields are wrong; keys are the fields' JSON paths.</summary>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors, string slug = "validation") =>
        Of(StatusCodes.Status400BadRequest, slug, "The request is not valid.", string.Join(" ", errors.Values.SelectMany(e => e)), errors);

    /// <summary>404: there is no such thing in this workspace; the same answer whether or not another workspace has it.</summary>
    public static ProblemHttpResult NotFound(string noun) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {noun}.", $"No {noun} with this id exists in this workspace.");

    /// <summary>409: the request is well formed but meets a state that forbids it.</summary>
    public static ProblemHttpResult Conflict(string slug, string detail, IDictionary<string, string[]>? errors = null) =>
        Of(StatusCodes.Status409Conflict, slug, "The request conflicts with the present state.", detail, errors);

    /// <summary>412: <c>If-Match</c> names a version that is no longer the current one.</summary>
    public static ProblemHttpResult PreconditionFailed() =>
        Of(
            StatusCodes.Status412PreconditionFailed,
            "version-mismatch",
            "It was changed in the meantime.",
            "If-Match names an older version. Read it again and repeat the change."
        );

    public static ProblemHttpResult Forbidden(string slug, string detail) => Of(StatusCodes.Status403Forbidden, slug, "You may not do this.", detail);

    public static ProblemHttpResult Of(int status, string slug, string title, string detail, IDictionary<string, string[]>? errors = null)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Type = TypePrefix + slug,
            Title = title,
            Detail = detail,
        };
        if (errors is not null)
        {
            problem.Extensions["errors"] = errors;
        }
        return TypedResults.Problem(problem);
    }
}
