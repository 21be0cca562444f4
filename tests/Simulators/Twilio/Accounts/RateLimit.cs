using Simulators.Twilio.Network;

namespace Simulators.Twilio.Accounts;

/// <summary>Requests to the REST API in one second of the clock; more are answered 429 with error 20429.</summary>
internal sealed class RateLimit(BehaviourSetting behaviour, TimeProvider clock) : IEndpointFilter
{
    private readonly Lock gate = new();
    private long second;
    private int used;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Take() ? await next(context) : TwilioError.TooManyRequests;

    private bool Take()
    {
        var limit = behaviour.Current.RestRequestsPerSecond;
        if (limit == 0)
            return true;

        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            if (now != second)
                (second, used) = (now, 0);
            return ++used <= limit;
        }
    }
}
