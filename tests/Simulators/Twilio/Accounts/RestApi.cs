using Simulators.Twilio.Calls;
using Simulators.Twilio.Messages;
using Simulators.Twilio.Recordings;

namespace Simulators.Twilio.Accounts;

/// <summary>The part of api.twilio.com that the system uses.</summary>
internal static class RestApi
{
    public static void MapRestApi(this IEndpointRouteBuilder app)
    {
        // The instances of the container: a filter named by its type alone would be a new one, with its own count, for each endpoint.
        var services = app.ServiceProvider;
        var account = app.MapGroup("/2010-04-01/Accounts/{accountSid}")
            .AddEndpointFilter(services.GetRequiredService<AccountAuthentication>())
            .AddEndpointFilter(services.GetRequiredService<RateLimit>());
        account.MapMessages();
        account.MapCalls();
        account.MapRecordings();
        account.MapFallback("{*rest}", (HttpRequest request) => TwilioError.NotFound(request));
    }
}
