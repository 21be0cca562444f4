using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace EndToEnd.Tests;

/// <summary>No one gets in where they don't belong, and bad input gets a clear error.</summary>
public sealed class RefusalTests(RunningSystem system)
{
    private const string Webhook = "/webhooks/twilio/messages";

    [Fact]
    public async Task A_webhook_with_a_wrong_or_missing_signature_is_refused()
    {
        var form = Text(PhoneNetwork.NewPerson());

        Assert.Equal(403, (int)(await system.Anonymous.SendAsync(TwilioSignature.Sign(system.Url, Webhook, form, "not the token"))).StatusCode);
        using var unsigned = await system.Anonymous.PostAsync(Webhook, new FormUrlEncodedContent(form));
        await unsigned.ProblemAsync(403);
        Assert.Empty(await system.Api.ContactsAsync(form["From"]));
    }

    [Fact]
    public async Task A_replayed_webhook_is_answered_200_and_stores_nothing_new()
    {
        var form = Text(PhoneNetwork.NewPerson());

        for (var i = 0; i < 5; i++)
        {
            using var answer = await system.Anonymous.SendAsync(TwilioSignature.Sign(system.Url, Webhook, form, system.TwilioAuthToken));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var contact = (await Api.EventuallyAsync(() => system.Api.ContactsAsync(form["From"]), found => found.Count == 1))[0]!;
        await Task.Delay(1_000);
        Assert.Equal(1, (int)(await system.Api.GetJsonAsync($"/v1/contacts/{contact["id"]}"))["message_count"]!);
        Assert.Single((await system.Api.GetJsonAsync($"/v1/contacts/{contact["id"]}/timeline"))["data"]!.AsArray());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer ck_nonsense")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task Without_a_good_key_the_answer_is_401(string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/contacts");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        using var answer = await system.Anonymous.SendAsync(request);

        await answer.ProblemAsync(401);
        Assert.NotEmpty(answer.Headers.WwwAuthenticate);
    }

    [Fact]
    public async Task A_revoked_key_stops_working_in_under_a_second()
    {
        var key = await system.Api.PostJsonAsync("/v1/api-keys", new { name = "short-lived", scopes = new[] { "contacts:read" } });
        using var client = Client((string)key["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/contacts")).StatusCode);

        using var revoked = await system.Api.DeleteAsync($"/v1/api-keys/{key["api_key"]!["id"]}");
        var clock = Stopwatch.StartNew();
        await Api.EventuallyAsync(async () => (int)(await client.GetAsync("/v1/contacts")).StatusCode, status => status == 401, TimeSpan.FromSeconds(5));

        Assert.True(revoked.IsSuccessStatusCode);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"It took {clock.Elapsed.TotalMilliseconds:N0} ms.");
    }

    [Fact]
    public async Task Another_workspaces_ids_do_not_exist()
    {
        var contact = await system.Api.PostJsonAsync("/v1/contacts", new { phone = PhoneNetwork.NewPerson(), name = "Ours" });
        using var stranger = await OtherWorkspaceAsync();
        var path = $"/v1/contacts/{contact["id"]}";

        await (await stranger.GetAsync(path)).ProblemAsync(404);
        await (await stranger.PatchAsync(path, Api.Json(new { name = "Theirs" }))).ProblemAsync(404);
        await (await stranger.DeleteAsync(path)).ProblemAsync(404);
        Assert.Empty((await stranger.GetJsonAsync($"{path}/timeline"))["data"]?.AsArray() ?? []);
        Assert.Empty((await stranger.GetJsonAsync("/v1/contacts"))["data"]!.AsArray());
        Assert.Empty((await stranger.GetJsonAsync("/v1/contacts/search?q=Ours"))["data"]!.AsArray());
        Assert.Empty((await stranger.GetJsonAsync("/v1/conversations"))["data"]!.AsArray());
        Assert.Equal("Ours", (string?)(await system.Api.GetJsonAsync(path))["name"]);
    }

    /// <summary>By curl, which reads an answer that comes while it still sends.</summary>
    [Theory]
    [InlineData("/v1/contacts", "Content-Length: 104857600")]
    [InlineData("/v1/contacts", "Transfer-Encoding: chunked")]
    [InlineData(Webhook, "Content-Length: 104857600")]
    [InlineData(Webhook, "Transfer-Encoding: chunked")]
    public async Task A_body_of_a_hundred_megabytes_is_refused_before_it_is_read(string path, string header)
    {
        var clock = Stopwatch.StartNew();

        var answer = await Shell.RunAsync(
            $"head -c 104857600 /dev/zero | curl --silent --write-out ' %{{http_code}}' -X POST -T - -H '{header}' -H 'Content-Type: application/json' -H 'Authorization: Bearer {system.ApiKey}' {new Uri(system.Url, path)}"
        );

        Assert.EndsWith(" 413", answer, StringComparison.Ordinal);
        Assert.Contains("urn:contacts:problem:too-large", answer, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"It took {clock.Elapsed.TotalSeconds:N1} s.");
    }

    [Theory]
    [InlineData("12")]
    [InlineData("not a phone")]
    [InlineData("+999999999999999999")]
    [InlineData("anonymous")]
    [InlineData("+266696687")]
    public async Task A_malformed_phone_is_named(string phone) =>
        Assert.Equal("invalid-phone", await (await system.Api.PostAsync("/v1/contacts", Api.Json(new { phone }))).ProblemAsync(400));

    [Fact]
    public async Task What_is_inside_cannot_be_reached_from_outside()
    {
        foreach (var path in (string[])["/internal/credentials/resolve", "/.well-known/jwks.json", "/v1/nothing-built-yet"])
        {
            using var answer = await system.Api.PostAsync(path, Api.Json(new { credential = system.ApiKey }));
            Assert.True((int)answer.StatusCode is 404 or 405 or 400, $"{path}: {(int)answer.StatusCode}");
            Assert.DoesNotContain("internal_token", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private Dictionary<string, string> Text(string from) =>
        new()
        {
            ["MessageSid"] = $"SM{Guid.CreateVersion7():N}",
            ["AccountSid"] = system.TwilioAccountSid,
            ["From"] = from,
            ["To"] = PhoneNetwork.Business,
            ["Body"] = "Hello",
            ["NumMedia"] = "0",
            ["ApiVersion"] = "2010-04-01",
            ["SmsStatus"] = "received",
        };

    private HttpClient Client(string key) =>
        new() { BaseAddress = system.Url, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };

    /// <summary>The demo's owner makes a second workspace and works there.</summary>
    private async Task<HttpClient> OtherWorkspaceAsync()
    {
        var session = await system.Anonymous.PostJsonAsync("/v1/sessions", new { email = system.Email, password = system.Password });
        var client = Client((string)session["token"]!);
        var workspace = await client.PostJsonAsync("/v1/workspaces", new { name = $"Other {Guid.CreateVersion7()}", default_country = "CA" });
        using var switched = await client.PutAsync("/v1/sessions/current/workspace", Api.Json(new { workspace_id = (string)workspace["id"]! }));
        Assert.True(switched.IsSuccessStatusCode, await switched.Content.ReadAsStringAsync());
        return client;
    }
}
