using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Simulators.Twilio.Accounts;

/// <summary>HTTP basic with AccountSid and AuthToken, for this account's own resources only; anything else is error 20003.</summary>
internal sealed class AccountAuthentication(TwilioAccount account) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        if (request.RouteValues["accountSid"] as string == account.AccountSid && HasCredentials(request))
            return await next(context);

        context.HttpContext.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        return TwilioError.Authenticate;
    }

    private bool HasCredentials(HttpRequest request)
    {
        if (
            !AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
        )
            return false;

        var given = new byte[header.Parameter?.Length ?? 0];
        return Convert.TryFromBase64String(header.Parameter ?? "", given, out var length)
            && CryptographicOperations.FixedTimeEquals(given.AsSpan(0, length), Encoding.UTF8.GetBytes($"{account.AccountSid}:{account.AuthToken}"));
    }
}
