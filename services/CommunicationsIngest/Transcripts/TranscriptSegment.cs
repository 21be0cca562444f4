using System.ComponentModel.DataAnnotations;

namespace CommunicationsIngest.Transcripts;

/// <summary>What one side said in one go.</summary>
/// <param name="Speaker">person: the other side; agent: whoever answered or called for the business.</param>
/// <param name="Text">1 to 4,000 characters.</param>
/// <param name="OffsetMs">From the beginning of the call to the first word, in milliseconds, 0 to 86,400,000; null where it is not known.</param>
public sealed record TranscriptSegment(
    Speaker Speaker,
    [property: Required] [property: StringLength(Transcript.MaxTextLength, MinimumLength = 1)] string Text,
    [property: Range(0, 86_400_000)] int? OffsetMs = null
);
