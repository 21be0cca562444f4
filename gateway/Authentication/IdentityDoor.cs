using System.Net;
using Polly;
using ServiceDefaults.Json;

namespace Gateway.Authentication;

/// <summary>Asks Identity whose credential this is.</summary>
internal sealed class IdentityDoor(HttpClient client)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <returns>null where there is no such valid credential.</returns>
    /// <exception cref="IdentityAwayException">Identity could not be asked.</exception>
    public async Task<ResolvedCredential?> ResolveAsync(string credential)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            using var response = await client.PostAsJsonAsync("http://identity/internal/credentials/resolve", new { credential }, timeout.Token);
            return response.StatusCode == HttpStatusCode.NotFound
                ? null
                : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<ResolvedCredential>(ApiJson.Options, timeout.Token);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or ExecutionRejectedException)
        {
            throw new IdentityAwayException(exception);
        }
    }
}

internal sealed class IdentityAwayException(Exception inner) : Exception("Identity does not answer.", inner);
