namespace Simulators.Twilio.Calls;

/// <summary>Who hears of a call's progress. Events: initiated, ringing, answered, completed; only completed when none is named.</summary>
internal sealed record StatusSubscription(string? Url, string Method, IReadOnlySet<string> Events)
{
    public static readonly IReadOnlyList<string> AllEvents = ["initiated", "ringing", "answered", "completed"];
    public static readonly StatusSubscription None = new(null, "POST", new HashSet<string>());

    public static StatusSubscription To(string? url, string? method, IEnumerable<string> events)
    {
        var wanted = events.SelectMany(list => list.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
        return new StatusSubscription(url, Webhooks.Webhook.MethodOf(method), wanted.Count > 0 ? wanted : new HashSet<string> { "completed" });
    }
}
