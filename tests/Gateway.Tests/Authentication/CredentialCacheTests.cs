using System.Net;
using Messages.Identity;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace Gateway.Tests.Authentication;

public sealed class CredentialCacheTests : GatewayTests
{
    [Fact]
    public async Task Requests_at_once_with_one_credential_make_one_look_up()
    {
        var gate = new TaskCompletionSource();
        Identity.Gate = gate.Task;
        var key = Identity.GiveOut().Key;

        var requests = Enumerable.Range(0, 50).Select(_ => GetAsync("/v1/contacts", key)).ToList();
        await Task.Delay(200);
        gate.SetResult();
        var responses = await Task.WhenAll(requests);

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        Assert.Equal(1, Identity.LookUps);
    }

    [Fact]
    public async Task Revocation_is_heard_at_once()
    {
        var (key, id) = Identity.GiveOut();
        using var before = await GetAsync("/v1/contacts", key);
        Identity.Revoke(key);
        using var cached = await GetAsync("/v1/contacts", key);
        Assert.Equal(HttpStatusCode.OK, cached.StatusCode);

        await HearAsync(id);

        using var after = await GetAsync("/v1/contacts", key);
        await after.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task A_look_up_that_read_before_the_revocation_is_not_kept()
    {
        var gate = new TaskCompletionSource();
        Identity.Gate = gate.Task;
        var (key, id) = Identity.GiveOut();
        var early = GetAsync("/v1/contacts", key);
        await UntilAsync(() => Identity.LookUps > 0);
        Identity.Revoke(key);
        await HearAsync(id);
        gate.SetResult();
        using var answered = await early;

        using var after = await GetAsync("/v1/contacts", key);
        await after.ProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task While_identity_is_away_known_credentials_go_on_and_others_are_told_to_wait()
    {
        var known = Identity.GiveOut().Key;
        using var first = await GetAsync("/v1/contacts", known);
        Identity.IsAway = true;

        using var goesOn = await GetAsync("/v1/contacts", known);
        using var waits = await GetAsync("/v1/contacts", Identity.GiveOut().Key);

        Assert.Equal(HttpStatusCode.OK, goesOn.StatusCode);
        await waits.ProblemAsync(503, "unavailable");
        Assert.NotNull(waits.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_request_that_changes_its_session_is_followed_by_a_fresh_look_up()
    {
        var key = Identity.GiveOut().Key;
        using var first = await GetAsync("/v1/contacts", key);
        using var signOut = new HttpRequestMessage(HttpMethod.Delete, "/v1/sessions/current");
        signOut.Headers.Authorization = new("Bearer", key);
        using var signedOut = await Client.SendAsync(signOut);
        Identity.Revoke(key);

        using var after = await GetAsync("/v1/contacts", key);
        await after.ProblemAsync(401, "unauthenticated");
    }

    private Task HearAsync(Guid credentialId) =>
        Services
            .GetRequiredService<Gateway.Authentication.CredentialCache>()
            .HearAsync([Happened.In(Guid.CreateVersion7(), new CredentialRevoked(credentialId))], CancellationToken.None);
}
