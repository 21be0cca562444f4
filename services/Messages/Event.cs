namespace Messages;

/// <summary>One thing that happened in one workspace.</summary>
/// <param name="Id">UUIDv7; a consumer applies an id once, however often it is delivered.</param>
/// <param name="WorkspaceId">The workspace it belongs to.</param>
/// <param name="OccurredAt">When, UTC.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="TraceParent">W3C trace context of the request that caused it, so that one trace runs from webhook to index.</param>
/// <param name="Data">What happened.</param>
public sealed record Event<T>(Guid Id, Guid WorkspaceId, DateTimeOffset OccurredAt, Actor Actor, string? TraceParent, T Data)
    where T : class;

/// <summary>What travels over RabbitMQ: up to 500 events of one type, of any workspaces, in the order in which they were written. A message costs about as much for one as for many.</summary>
public sealed record EventBatch<T>(IReadOnlyList<Event<T>> Events)
    where T : class;
