namespace Web.Api;

/// <summary>A call, a text or a chat message.</summary>
/// <param name="Channel">call, text or chat.</param>
/// <param name="Direction">inbound or outbound.</param>
public sealed record TimelineEntry(Guid Id, string Channel, string Direction, DateTimeOffset At, Call? Call, Message? Message);

/// <param name="Outcome">Of a call that has ended: completed, busy, no_answer, failed or canceled.</param>
public sealed record Call(int? DurationSeconds, string? Outcome, IReadOnlyList<Recording>? Recordings);

public sealed record Recording(Guid Id, string State, int? DurationSeconds);

public sealed record Message(string Body, IReadOnlyList<Medium>? Media, string? Status);

public sealed record Medium(int Position, string ContentType);
