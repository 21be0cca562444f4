using Contacts.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Tags;

internal static class ListTags
{
    /// <summary>List tags</summary>
    /// <remarks>All of them, by name: a workspace has at most 1,000.</remarks>
    public static async Task<Ok<Page<TagResponse>>> HandleAsync(Database database, Caller caller, TimeProvider clock, CancellationToken cancellationToken)
    {
        // The common tags of a workspace that is met for the first time must keep their ids.
        await using var work = database.Begin(caller.WorkspaceId);
        await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var tags = await Tag.ListAsync(work, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return TypedResults.Ok(new Page<TagResponse>(tags, null));
    }
}
