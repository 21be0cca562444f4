using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>Ids of contacts that were merged into others keep resolving: they answer 308 with the survivor's place, also for what lies below them.</summary>
internal static class Absorbed
{
    private const string SurvivorId = "contact_id";

    public static ProblemHttpResult MovedTo(Guid survivorId)
    {
        var moved = Problem.Of(
            StatusCodes.Status308PermanentRedirect,
            "contact-merged",
            "The contact was merged.",
            $"It is contact {survivorId} now. Repeat the request there."
        );
        moved.ProblemDetails.Extensions[SurvivorId] = survivorId;
        return moved;
    }

    /// <returns>The survivor that an answer of <see cref="MovedTo"/> names; null for any other.</returns>
    public static Guid? SurvivorIn(ProblemHttpResult? problem) =>
        problem is { StatusCode: StatusCodes.Status308PermanentRedirect } ? (Guid?)problem.ProblemDetails.Extensions[SurvivorId] : null;

    /// <summary>Follows merges of merges to the contact that is there now.</summary>
    public static Task<Guid> SurvivorOfAsync(UnitOfWork work, Guid absorbedId, CancellationToken cancellationToken) =>
        work.SingleAsync<Guid>(
            """
            WITH RECURSIVE way AS (
                SELECT id, merged_into FROM contacts WHERE id = @absorbedId
                UNION ALL
                SELECT c.id, c.merged_into FROM way JOIN contacts c ON c.id = way.merged_into
            )
            SELECT id FROM way WHERE merged_into IS NULL
            """,
            new { absorbedId },
            cancellationToken
        );

    /// <summary>Gives the answers of <see cref="MovedTo"/> on routes below <c>/v1/contacts/{id}</c> their Location.</summary>
    public static async ValueTask<object?> RedirectAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (
            (result is INestedHttpResult nested ? nested.Result : result) is ProblemHttpResult { StatusCode: StatusCodes.Status308PermanentRedirect } moved
            && context.HttpContext.GetRouteValue("id") is { } absorbedId
        )
        {
            var request = context.HttpContext.Request;
            var path = request.Path.Value!.Replace(
                absorbedId.ToString()!,
                $"{moved.ProblemDetails.Extensions[SurvivorId]}",
                StringComparison.OrdinalIgnoreCase
            );
            context.HttpContext.Response.Headers.Location = path + request.QueryString;
        }
        return result;
    }
}
