using System.Diagnostics;

namespace Messaging.Consuming;

internal static class Tracing
{
    private static readonly ActivitySource Source = new("Messaging");

    public static Activity? Begin<T>(string consumer) =>
        Source.StartActivity($"{consumer} {typeof(T).Name} batch", ActivityKind.Consumer, default(ActivityContext));

    /// <summary>A span in the trace of the request that caused the event, linked to the batch in which it was handled.</summary>
    public static Activity? Continue<T>(string consumer, string? traceParent, Activity? batch = null)
    {
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Source.StartActivity(
            $"{consumer} {typeof(T).Name}",
            ActivityKind.Consumer,
            parent,
            links: batch is null ? null : [new ActivityLink(batch.Context)]
        );
    }
}
