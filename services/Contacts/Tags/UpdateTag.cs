using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Contacts.Audit;
using Contacts.Cards;
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
    /// <remarks>A new name shows on every contact that has the tag; each contact's history tells so. A colour is the tag's own and changes no contact.</remarks>
    public static async Task<Results<Ok<TagResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UpdateTagRequest request,
        UnitOfWork work,
        Caller caller,
        TaggedContacts tagged,
        AuditLog audit,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (request.Name is not null)
        {
            await TaggedContacts.LockAsync(work, id, cancellationToken);
        }
        await Tag.LockAsync(work, [id], cancellationToken);
        var tag = await Tag.FindAsync(work, id, cancellationToken);
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
        var contacts = isRenamed ? await tagged.WriteAsync(work, new(caller.Actor, ChangeKinds.TagRenamed), id, name, clock.GetUtcNow(), cancellationToken) : 0;
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
        if (after != tag)
        {
            audit.Add(
                work,
                caller.Actor,
                isRenamed ? "tag.renamed" : "tag.recolored",
                "tag",
                id.ToString(),
                new Dictionary<string, string> { ["contacts"] = contacts.ToString(CultureInfo.InvariantCulture) }
            );
        }
        return TypedResults.Ok(after);
    }
}
