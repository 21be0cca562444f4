using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Simulators.Twilio.Accounts;

/// <summary>The absolute URLs of this account's resources, as api.twilio.com writes them into webhooks and answers.</summary>
internal sealed class ApiAddress(TwilioAccount account, IServer server)
{
    public string Path(string resource) => $"/2010-04-01/Accounts/{account.AccountSid}/{resource}";

    public string Url(string resource) => Origin() + Path(resource);

    private string Origin()
    {
        if (account.BaseUrl is { } configured)
            return configured.GetLeftPart(UriPartial.Authority);

        // Known only once the server listens, so it is not read in the constructor. A wildcard is not an address that anybody can call.
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return bound.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');
    }
}
