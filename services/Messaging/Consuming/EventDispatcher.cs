using System.Diagnostics;
using Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDefaults.Postgres;

namespace Messaging.Consuming;

/// <summary>Brings a delivered batch to its handler: a transaction per workspace, each event once, a poisonous one apart from the rest.</summary>
internal sealed class EventDispatcher<THandler, T>(IServiceScopeFactory scopes, Database database, ILogger<THandler> logger) : IEventDispatcher<T>
    where THandler : IHandleEvents<T>
    where T : class
{
    private static readonly string Consumer = typeof(THandler).Name;

    /// <exception cref="Exception">A transient fault, at once; otherwise what the poisonous events threw, after all others were applied.</exception>
    public async Task DispatchAsync(IReadOnlyList<Event<T>> events, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var workspace in events.GroupBy(e => e.WorkspaceId))
        {
            await HandleOrIsolateAsync([.. workspace], failures, cancellationToken);
        }
        if (failures.Count > 0)
        {
            throw failures.Count == 1 ? failures[0] : new AggregateException(failures);
        }
    }

    private async Task HandleOrIsolateAsync(IReadOnlyList<Event<T>> events, List<Exception> failures, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(events, cancellationToken);
        }
        catch (Exception exception) when (!Transient.Is(exception) && exception is not OperationCanceledException)
        {
            if (events.Count == 1)
            {
                failures.Add(exception);
                return;
            }
            foreach (var single in events)
            {
                await HandleOrIsolateAsync([single], failures, cancellationToken);
            }
        }
    }

    private async Task HandleAsync(IReadOnlyList<Event<T>> events, CancellationToken cancellationToken)
    {
        // One event (the usual case at rest) is handled inside the trace it came from; many in a trace of their own.
        using var activity = events.Count == 1 ? Tracing.Continue<T>(Consumer, events[0].TraceParent) : Tracing.Begin<T>(Consumer);
        await using var scope = scopes.CreateAsyncScope();
        await using var work = database.Begin(events[0].WorkspaceId);
        var fresh = await Inbox.TakeNewAsync(work, Consumer, events, cancellationToken);
        if (fresh.Count > 0)
        {
            await scope.ServiceProvider.GetRequiredService<THandler>().HandleAsync(work, fresh, cancellationToken);
        }
        await work.CommitAsync(cancellationToken);
        Report(events, activity);
    }

    /// <summary>One line in each trace, so that a trace id finds its way through the logs of every service.</summary>
    private void Report(IReadOnlyList<Event<T>> events, Activity? batch)
    {
        foreach (var trace in events.GroupBy(e => e.TraceParent))
        {
            using var activity = events.Count == 1 ? null : Tracing.Continue<T>(Consumer, trace.Key, batch);
            logger.LogInformation("{Consumer} handled {Count} {Event}", Consumer, trace.Count(), typeof(T).Name);
        }
    }
}
