using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace NotesService;

/// <summary>The smallest service that uses everything ServiceDefaults gives.</summary>
internal static class Notes
{
    public static void MapNotes(this IEndpointRouteBuilder app)
    {
        var notes = app.MapApi("/v1/notes", "Notes");
        notes.MapPost("/", CreateAsync).RequireScope(Scopes.ContactsWrite);
        notes.MapGet("/", ListAsync).RequireScope(Scopes.ContactsRead);
        notes.MapPatch("/{id:guid}", PatchAsync);
        notes.MapPost("/failures", FailAsync);
        notes.MapGet("/crash", Crash);
        notes.MapGet("/page", (Cursor? cursor) => TypedResults.Ok(cursor));
    }

    private static async Task<Results<Created<Note>, ProblemHttpResult>> CreateAsync(CreateNoteRequest request, UnitOfWork work)
    {
        var note = new Note(request.Id ?? Guid.CreateVersion7(), request.FullText);
        await work.ExecuteAsync(
            "INSERT INTO notes (workspace_id, id, text) VALUES (@WorkspaceId, @Id, @Text)",
            new
            {
                work.WorkspaceId,
                note.Id,
                note.Text,
            }
        );
        return TypedResults.Created($"/v1/notes/{note.Id}", note);
    }

    private static async Task<Ok<IReadOnlyList<Note>>> ListAsync(UnitOfWork work) =>
        TypedResults.Ok(await work.QueryAsync<Note>("SELECT id, text FROM notes ORDER BY id"));

    private static async Task<Results<Ok<int>, ProblemHttpResult>> PatchAsync(Guid id, PatchNoteRequest request, UnitOfWork work) =>
        request.FullText.IsGiven
            ? TypedResults.Ok(
                await work.ExecuteAsync("UPDATE notes SET text = coalesce(@Value, '(cleared)') WHERE id = @id", new { id, request.FullText.Value })
            )
            : TypedResults.Ok(0);

    /// <summary>Writes, then refuses: nothing may remain.</summary>
    private static async Task<ProblemHttpResult> FailAsync(UnitOfWork work)
    {
        await work.ExecuteAsync("INSERT INTO notes (workspace_id, id, text) VALUES (@WorkspaceId, gen_random_uuid(), 'half')", new { work.WorkspaceId });
        return Problem.Conflict("half-done", "It was refused after it had written.");
    }

    private static Ok Crash() => throw new InvalidOperationException("secret detail of the fault");
}

public sealed record CreateNoteRequest([property: Required, StringLength(100)] string FullText, Guid? Id = null);

public sealed record PatchNoteRequest(Optional<string?> FullText = default);

public sealed record Note(Guid Id, string Text);
