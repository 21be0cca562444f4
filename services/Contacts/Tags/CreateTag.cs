using System.ComponentModel.DataAnnotations;
using Contacts.Audit;
using Contacts.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Tags;

/// <param name="Name">1 to 50 characters in one line, no commas.</param>
/// <param name="Color"><c>#rrggbb</c>; chosen by the name where it is not given.</param>
public sealed record CreateTagRequest([Required, StringLength(TagName.MaxLength)] string Name, [RegularExpression(TagColor.Pattern)] string? Color = null);

internal static class CreateTag
{
    /// <summary>Create a tag</summary>
    public static async Task<Results<Created<TagResponse>, ProblemHttpResult>> HandleAsync(
        CreateTagRequest request,
        UnitOfWork work,
        Caller caller,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (!TagName.TryParse(request.Name, out var name))
        {
            return TagProblems.InvalidName();
        }
        await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var tag = new TagResponse(Guid.CreateVersion7(clock.GetUtcNow()), name.Text, request.Color?.ToLowerInvariant() ?? TagColor.For(name), false, 0);
        var inserted = await work.ExecuteAsync(
            """
            INSERT INTO tags (workspace_id, id, name, key, color, is_system, created_at) VALUES (@WorkspaceId, @Id, @Name, @Key, @Color, false, @now)
            ON CONFLICT (workspace_id, key) DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                tag.Id,
                tag.Name,
                name.Key,
                tag.Color,
                now = clock.GetUtcNow(),
            },
            cancellationToken
        );
        if (inserted == 0)
        {
            return await TagProblems.ExistsAsync(work, name, cancellationToken);
        }
        if (await ContactTags.IsFullAsync(work, [name], cancellationToken))
        {
            return TagProblems.TooMany();
        }
        audit.Add(work, caller.Actor, "tag.created", "tag", tag.Id.ToString());
        return TypedResults.Created($"/v1/tags/{tag.Id}", tag);
    }
}
