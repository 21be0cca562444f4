namespace Messages.CommunicationsIngest;

/// <summary>A person opted out of, or back in to, automated messages. The tag <c>opt-out</c> follows it; of two, the one that occurred later holds.</summary>
/// <param name="Participant">The person, by the identity whose consent it is.</param>
/// <param name="At">When the person said so, UTC.</param>
/// <param name="MessageId">The message it was said in, as evidence.</param>
/// <param name="Quote">The person's words, at most 500 characters.</param>
public sealed record ConsentChanged(Participant Participant, bool OptedOut, DateTimeOffset At, Guid? MessageId, string? Quote);
