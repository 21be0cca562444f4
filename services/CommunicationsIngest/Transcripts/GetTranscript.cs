using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Transcripts;

/// <param name="Segments">In the order in which they were said; empty where there is no transcript.</param>
public sealed record TranscriptResponse(IReadOnlyList<TranscriptSegment> Segments);

internal static class GetTranscript
{
    /// <summary>Reads the transcript of a call.</summary>
    public static async Task<Results<Ok<TranscriptResponse>, ProblemHttpResult>> HandleAsync(Guid id, UnitOfWork work, CancellationToken cancellationToken)
    {
        var segments = await work.QueryAsync<SegmentRow>(
            "SELECT speaker, text, offset_ms FROM transcript_segments WHERE conversation_id = @id ORDER BY ordinal",
            new { id },
            cancellationToken
        );
        if (segments.Count == 0 && !await work.SingleAsync<bool>("SELECT EXISTS (SELECT FROM conversations WHERE id = @id)", new { id }, cancellationToken))
        {
            return Problem.NotFound("conversation");
        }
        return TypedResults.Ok(new TranscriptResponse([.. segments.Select(row => new TranscriptSegment(row.Speaker, row.Text, row.OffsetMs))]));
    }

    private sealed class SegmentRow
    {
        public Speaker Speaker { get; init; }
        public string Text { get; init; } = "";
        public int? OffsetMs { get; init; }
    }
}
