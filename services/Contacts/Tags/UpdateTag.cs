using System.ComponentModel.DataAnnotations;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Tags;

/// <param name="Name">1 to 50 characters in one line, no commas; absent: stays as it is.</param>
/// <param name="Color"><c>#rrggbb</c>; absent: stays as it is.</param>
public sealed record UpdateTagRequest([StringLength(TagName.MaxLength)] string? Name = null, [RegularExpression(TagColor.Pattern)] string? Color = null);

internal static class UpdateTag
{
    /// <summary>Rename or recolour a tag</summary>
    /// <remarks>A new name shows on every contact that has the tag.</remarks>
    public static async Task<Results<Ok<TagResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UpdateTagRequest request,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var tag = await work.FirstOrDefaultAsync<TagResponse>(
            "SELECT id, name, color, is_system FROM tags WHERE id = @id FOR UPDATE",
            new { id },
            cancellationToken
        );
        if (tag is null)
        {
            return Problem.NotFound("tag");
        }
        if (!TagName.TryParse(request.Name ?? tag.Name, out var name))
        {
            return TagProblems.InvalidName();
        }
        var isRenamed = name.Text != tag.Name;
        if (isRenamed && tag.IsSystem)
        {
            return TagProblems.System();
        }
        if (await work.SingleAsync<bool>("SELECT EXISTS (SELECT FROM tags WHERE key = @Key AND id <> @id)", new { name.Key, id }, cancellationToken))
        {
            return await TagProblems.ExistsAsync(work, name, cancellationToken);
        }
        var after = tag with { Name = name.Text, Color = request.Color?.ToLowerInvariant() ?? tag.Color };
        var touched = isRenamed ? await TaggedContacts.TouchAsync(work, id, clock.GetUtcNow(), cancellationToken) : [];
        try
        {
            await work.ExecuteAsync(
                "UPDATE tags SET name = @Name, key = @Key, color = @Color WHERE id = @id",
                new
                {
                    id,
                    after.Name,
                    name.Key,
                    after.Color,
                },
                cancellationToken
            );
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // Another request took the name after the look above.
            return TagProblems.Exists(null);
        }
        await TaggedContacts.AnnounceAsync(work, outbox, caller.Actor, touched, cancellationToken);
        return TypedResults.Ok(after);
    }
}
