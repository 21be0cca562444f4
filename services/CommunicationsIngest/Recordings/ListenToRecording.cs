using CommunicationsIngest.Blobs;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Recordings;

internal static class ListenToRecording
{
    /// <summary>The audio of a call, its latest recording. Ranges are served (RFC 9110, 14).</summary>
    public static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        IBlobStore blobs,
        CancellationToken cancellationToken
    )
    {
        var recording = await work.FirstOrDefaultAsync<StoredRecording>(
            "SELECT blob, content_type FROM recordings WHERE conversation_id = @id AND state = 'stored' ORDER BY started_at DESC, id DESC LIMIT 1",
            new { id },
            cancellationToken
        );
        if (recording is null || await blobs.OpenAsync(recording.Blob, cancellationToken) is not { } audio)
        {
            return Problem.NotFound("recording");
        }
        return TypedResults.Stream(audio, recording.ContentType, enableRangeProcessing: true);
    }

    public static void AddRecordings(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IBlobStore, BlobFolder>();
        builder.Services.AddSingleton<RecordingSignal>();
        builder.Services.AddSingleton<RecordRecording>();
        builder.Services.AddHostedService<FetchRecordings>();
    }

    public static void MapRecordings(this WebApplication app) =>
        app.MapApi("/v1/calls", "Conversations")
            .MapGet("/{id:guid}/recording", HandleAsync)
            .RequireScope(Scopes.ConversationsRead)
            .Produces(StatusCodes.Status200OK, contentType: "audio/wav")
            .ProducesProblem(StatusCodes.Status404NotFound);

    private sealed class StoredRecording
    {
        public string Blob { get; init; } = "";
        public string ContentType { get; init; } = "";
    }
}
