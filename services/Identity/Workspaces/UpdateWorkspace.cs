using System.ComponentModel.DataAnnotations;
using Messages;
using Messages.Identity;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Workspaces;

/// <param name="Name">1 to 100 characters; left as it is where it is not given.</param>
/// <param name="DefaultCountry">ISO 3166-1 alpha-2; left as it is where it is not given.</param>
public sealed record UpdateWorkspaceRequest(
    [property: StringLength(100, MinimumLength = 1)] string? Name = null,
    [property: StringLength(2, MinimumLength = 2)] string? DefaultCountry = null
);

internal static class UpdateWorkspace
{
    /// <summary>Rename the workspace or change its default country.</summary>
    public static async Task<Results<Ok<WorkspaceResponse>, ProblemHttpResult>> HandleAsync(
        UpdateWorkspaceRequest request,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        CancellationToken cancellationToken
    )
    {
        if (request.Name is not null && string.IsNullOrWhiteSpace(request.Name))
        {
            return Problem.Invalid("name", "name takes 1 to 100 characters.");
        }
        string? country = null;
        if (request.DefaultCountry is not null && !Country.TryParse(request.DefaultCountry, out country))
        {
            return Problem.Invalid("default_country", Country.Unknown);
        }
        var workspace = await work.SingleAsync<WorkspaceResponse>(
            """
            UPDATE workspaces SET name = coalesce(@name, name), default_country = coalesce(@country, default_country)
            WHERE workspace_id = @WorkspaceId
            RETURNING workspace_id AS id, name, default_country
            """,
            new
            {
                work.WorkspaceId,
                name = request.Name?.Trim(),
                country,
            },
            cancellationToken
        );
        outbox.Enqueue(work, caller.Actor, new WorkspaceChanged(workspace.Id, workspace.Name, workspace.DefaultCountry));
        var fields = new[] { request.Name is null ? null : "name", country is null ? null : "default_country" }.OfType<string>();
        var details = new Dictionary<string, string> { ["fields"] = string.Join(", ", fields) };
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("workspace.updated", "workspace", work.WorkspaceId.ToString(), details));
        return TypedResults.Ok(workspace);
    }
}
