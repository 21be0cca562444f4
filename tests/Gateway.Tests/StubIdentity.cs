using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests;

/// <summary>Identity's internal door, with the credentials that the test gives out; whatever else it is asked, it answers like any service.</summary>
internal sealed class StubIdentity
{
    private readonly ConcurrentDictionary<string, (Guid Id, int? RateLimit)> _valid = [];
    private int _lookUps;

    public StubIdentity(StubBackend backend) => backend.Answer = AnswerAsync;

    public int LookUps => _lookUps;

    /// <summary>Holds answers back until the test lets them go.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsAway { get; set; }

    public (string Key, Guid Id) GiveOut(int? rateLimit = null)
    {
        var credential = ("ck_" + Guid.CreateVersion7().ToString("N"), Guid.CreateVersion7());
        _valid[credential.Item1] = (credential.Item2, rateLimit);
        return credential;
    }

    public void Revoke(string key) => _valid.TryRemove(key, out _);

    private async Task AnswerAsync(HttpContext context)
    {
        if (IsAway)
        {
            context.Abort();
            return;
        }
        if (context.Request.Path != "/internal/credentials/resolve")
        {
            await context.Response.WriteAsJsonAsync(new JsonObject { ["service"] = "identity" });
            return;
        }
        Interlocked.Increment(ref _lookUps);
        var key = (string)(await context.Request.ReadFromJsonAsync<JsonObject>())!["credential"]!;
        var isValid = _valid.TryGetValue(key, out var credential);
        await Gate;
        if (!isValid)
        {
            context.Response.StatusCode = 404;
            return;
        }
        await context.Response.WriteAsJsonAsync(
            new JsonObject
            {
                ["internal_token"] = "internal-" + credential.Id,
                ["expires_at"] = TimeProvider.System.GetUtcNow().AddMinutes(5),
                ["credential_id"] = credential.Id,
                ["workspace_id"] = Guid.CreateVersion7(),
                ["actor_kind"] = "api",
                ["actor_id"] = credential.Id,
                ["rate_limit"] = credential.RateLimit,
            }
        );
    }
}
