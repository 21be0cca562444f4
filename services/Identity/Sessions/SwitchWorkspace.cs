using Identity.Members;
using Identity.Workspaces;
using Messages.Identity;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Sessions;

/// <param name="WorkspaceId">A workspace that the person is a member of.</param>
public sealed record SwitchWorkspaceRequest(Guid WorkspaceId);

/// <param name="Workspace">The workspace that this session works in from now on.</param>
/// <param name="Role">The person's role there.</param>
public sealed record SwitchWorkspaceResponse(WorkspaceResponse Workspace, MemberRole Role);

internal static class SwitchWorkspace
{
    /// <summary>Enter another workspace with this session.</summary>
    public static async Task<Results<Ok<SwitchWorkspaceResponse>, ProblemHttpResult>> HandleAsync(
        SwitchWorkspaceRequest request,
        Person person,
        NpgsqlDataSource dataSource,
        Database database,
        Outbox outbox,
        CancellationToken cancellationToken
    )
    {
        var memberships = await Membership.OfAsync(dataSource, person.UserId, cancellationToken);
        if (memberships.FirstOrDefault(m => m.WorkspaceId == request.WorkspaceId) is not { } entered)
        {
            return Problem.Forbidden("not-a-member", "You are not a member of this workspace.");
        }
        await using var work = database.Begin(person.WorkspaceOrNone);
        await work.ExecuteAsync(
            "UPDATE sessions SET chosen_workspace_id = @WorkspaceId WHERE id = @SessionId",
            new { request.WorkspaceId, person.SessionId },
            cancellationToken
        );
        outbox.Enqueue(work, person.Actor, new CredentialRevoked(person.SessionId));
        await work.CommitAsync(cancellationToken);
        return TypedResults.Ok(new SwitchWorkspaceResponse(entered.ToWorkspace(), MemberRoles.Parse(entered.Role)));
    }
}
