using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ServiceDefaults.Api;

public static class ApiRoutes
{
    /// <summary>
    /// A group of public routes: a caller with a workspace is required, a request is one unit of work that commits when the answer is a success, POSTs honour
    /// Idempotency-Key, failures are problem documents.
    /// </summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder app, string prefix, string tag)
    {
        var group = app.MapGroup(prefix).WithTags(tag).RequireAuthorization();
        group.AddEndpointFilter<CommitOnSuccess>();
        group
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        return group;
    }
}
