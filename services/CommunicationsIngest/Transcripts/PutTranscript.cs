using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Summaries;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Transcripts;

/// <param name="Segments">In the order in which they were said; at most 5,000.</param>
public sealed record PutTranscriptRequest([property: Required] [property: MaxLength(Transcript.MaxSegments)] IReadOnlyList<TranscriptSegment> Segments);

internal static class PutTranscript
{
    /// <summary>Stores the transcript of a call in place of the one before.</summary>
    /// <remarks>
    /// When the call has ended, its summary is made of it, and what the person said of himself (name, email, company, language, a number to be called at) is captured. The same
    /// transcript again changes nothing. 409 for texts and chats, which are their own transcript.
    /// </remarks>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        Guid id,
        PutTranscriptRequest request,
        UnitOfWork work,
        ReadingSignal signal,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var stored = await Transcript.ReplaceAsync(work, id, request.Segments, clock.GetUtcNow(), cancellationToken);
        switch (stored)
        {
            case StoredTranscript.NoConversation:
                return Problem.NotFound("conversation");
            case StoredTranscript.NoCall:
                return Problem.Conflict("not-a-call", "Only calls have a transcript: texts and chats are their own.");
            default:
                work.AfterCommit(signal.Raise);
                return TypedResults.NoContent();
        }
    }

    public static void MapTranscripts(this WebApplication app)
    {
        var transcript = app.MapApi("/v1/conversations/{id:guid}/transcript", "Conversations").ProducesProblem(StatusCodes.Status404NotFound);
        transcript.MapPut("/", HandleAsync).RequireScope(Scopes.ConversationsWrite).ProducesProblem(StatusCodes.Status409Conflict);
        transcript.MapGet("/", GetTranscript.HandleAsync).RequireScope(Scopes.ConversationsRead);
    }
}
