using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Caching.Memory;

namespace ServiceDefaults.Authentication;

/// <summary>
/// Remembers for up to half a minute, and never beyond its end, that an internal token's signature was good: the gateway sends the same one with each of a caller's requests,
/// and verifying ES256 costs more than the rest of a small request. What a token says does not change; a withdrawn signing key is noticed half a minute later.
/// </summary>
internal sealed class VerifiedTokens(TimeProvider clock) : IDisposable
{
    private const string Prefix = "Bearer ";
    private const int MaxTokens = 10_000;
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _principals = new(new MemoryCacheOptions { SizeLimit = MaxTokens });

    public Task RecognizeAsync(MessageReceivedContext context)
    {
        if (_principals.Get<Verified>(context.Request.Headers.Authorization.ToString()) is { } verified && clock.GetUtcNow() < verified.Until)
        {
            context.Principal = verified.Principal;
            context.Success();
        }
        return Task.CompletedTask;
    }

    public Task RememberAsync(TokenValidatedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var now = clock.GetUtcNow();
        var until = now + RememberedFor;
        until = context.SecurityToken.ValidTo < until ? context.SecurityToken.ValidTo : until;
        if (until > now && header.StartsWith(Prefix, StringComparison.Ordinal) && context.Principal is { } principal)
        {
            _principals.Set(header, new Verified(principal, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = until - now });
        }
        return Task.CompletedTask;
    }

    public void Dispose() => _principals.Dispose();

    private sealed record Verified(ClaimsPrincipal Principal, DateTimeOffset Until);
}
