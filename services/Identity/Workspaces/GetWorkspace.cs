using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;

namespace Identity.Workspaces;

internal static class GetWorkspace
{
    /// <summary>The workspace that this key or session works in.</summary>
    public static async Task<Ok<WorkspaceResponse>> HandleAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        TypedResults.Ok(await ReadAsync(work, cancellationToken));

    internal static Task<WorkspaceResponse> ReadAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        work.SingleAsync<WorkspaceResponse>("SELECT workspace_id AS id, name, default_country FROM workspaces", cancellationToken: cancellationToken);
}
