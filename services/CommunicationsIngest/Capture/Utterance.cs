using CommunicationsIngest.Transcripts;

namespace CommunicationsIngest.Capture;

/// <summary>What one side said or wrote in one go.</summary>
/// <param name="Id">Of the message or the transcript's segment.</param>
/// <param name="At">When it was said: "tomorrow" is the day after.</param>
internal sealed record Utterance(Guid Id, Speaker Speaker, string Text, DateTimeOffset At);
