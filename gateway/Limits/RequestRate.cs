using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Gateway.Authentication;
using Gateway.Routing;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace Gateway.Limits;

/// <summary>A token bucket per credential or address: a minute's requests may come at once, then they are refilled evenly. Says so in RateLimit headers.</summary>
internal sealed class RequestRate(IOptions<RateLimitOptions> options) : IMiddleware, IDisposable
{
    private readonly PartitionedRateLimiter<Bucket> _limiter = PartitionedRateLimiter.Create<Bucket, Bucket>(bucket =>
        RateLimitPartition.GetTokenBucketLimiter(bucket, ToOptions)
    );

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (BucketOf(context) is not { } bucket)
        {
            await next(context);
            return;
        }
        using var lease = _limiter.AttemptAcquire(bucket);
        WriteHeaders(context.Response.Headers, bucket, _limiter.GetStatistics(bucket)?.CurrentAvailablePermits ?? 0);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var retryAfter) ? Math.Max(1, Math.Ceiling(retryAfter.TotalSeconds)) : 1;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        await Problem
            .Of(
                StatusCodes.Status429TooManyRequests,
                "rate-limited",
                "Too many requests.",
                $"The limit is {bucket.PerMinute} requests per minute. Try again in {wait} s."
            )
            .ExecuteAsync(context);
    }

    private Bucket? BucketOf(HttpContext context)
    {
        var limits = options.Value;
        return context.Entered() switch
        {
            Door.Credential when context.Features.Get<ResolvedCredential>() is { } credential => new(
                credential.CredentialId.ToString(),
                Math.Min(credential.RateLimit ?? limits.RequestsPerMinute, limits.RequestsPerMinute)
            ),
            Door.Credential or Door.Public => new($"public {AddressOf(context)}", limits.PublicRequestsPerMinute),
            Door.SignIn => new($"sign-in {AddressOf(context)}", limits.SignInsPerMinute),
            Door.ChatStart => new($"chat {AddressOf(context)}", limits.ChatStartsPerMinute),
            _ => null,
        };
    }

    /// <summary>Who has an IPv6 address has 2^64 of them.</summary>
    private static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static void WriteHeaders(IHeaderDictionary headers, Bucket bucket, long remaining)
    {
        headers["RateLimit-Limit"] = bucket.PerMinute.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        var untilFull = Math.Ceiling((bucket.PerMinute - remaining) * 60.0 / bucket.PerMinute);
        headers["RateLimit-Reset"] = untilFull.ToString(CultureInfo.InvariantCulture);
    }

    private static TokenBucketRateLimiterOptions ToOptions(Bucket bucket) =>
        new()
        {
            TokenLimit = bucket.PerMinute,
            TokensPerPeriod = Math.Max(1, bucket.PerMinute / 60),
            ReplenishmentPeriod = bucket.PerMinute >= 60 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMinutes(1) / bucket.PerMinute,
        };

    public void Dispose() => _limiter.Dispose();

    private sealed record Bucket(string Key, int PerMinute);
}
