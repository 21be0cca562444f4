namespace Messages.CommunicationsIngest;

/// <summary>What a person said or typed of themselves. It fills what is empty or was captured before; anything else it disagrees with becomes a suggestion.</summary>
/// <param name="Participant">The person who spoke, by a normalised identity.</param>
/// <param name="At">When it was said, UTC.</param>
public sealed record DetailsCaptured(Guid ConversationId, Participant Participant, DateTimeOffset At, IReadOnlyList<CapturedDetail> Details);

/// <param name="Field">name, first_name, last_name, email, phone, company, language, time_zone, or <c>custom.</c> and a custom field's key.</param>
/// <param name="Value">As it was understood, at most 500 characters.</param>
/// <param name="Quote">The words it was taken from, at most 500 characters.</param>
/// <param name="Confidence">0 to 1; null where it is not known.</param>
/// <param name="MessageId">The message or transcript segment; null where the channel gives none.</param>
public sealed record CapturedDetail(string Field, string Value, string? Quote, double? Confidence, Guid? MessageId);
