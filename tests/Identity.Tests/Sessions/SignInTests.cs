using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Messages.Identity;
using Testing;

namespace Identity.Tests.Sessions;

public sealed class SignInTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Fact]
    public async Task Gives_a_session_in_the_persons_workspace()
    {
        var session = await TrySignInAsync("OWNER@demo.example", OwnerPassword).JsonAsync(HttpStatusCode.Created);

        Assert.Equal(OwnerEmail, (string?)session["user"]!["email"]);
        Assert.Equal("Demo", (string?)session["workspace"]!["name"]);
        Assert.Equal("DE", (string?)session["workspace"]!["default_country"]);
        Assert.Equal("owner", (string?)session["role"]);
        Assert.Single(session["workspaces"]!.AsArray());
        Assert.InRange((DateTimeOffset)session["expires_at"]! - TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(13.9), TimeSpan.FromDays(14));
        var resolved = await ResolveAsync((string)session["token"]!);
        Assert.Equal((string?)session["workspace"]!["id"], (string?)resolved["workspace_id"]);
        Assert.Equal("person", (string?)resolved["actor_kind"]);
    }

    [Fact]
    public async Task Answers_an_unknown_email_and_a_wrong_password_alike()
    {
        var unknown = await TrySignInAsync("nobody@demo.example", "a wrong password").ProblemAsync(401, "sign-in-failed");
        var wrong = await TrySignInAsync(OwnerEmail, "a wrong password").ProblemAsync(401, "sign-in-failed");

        unknown.AsObject().Remove("trace_id");
        wrong.AsObject().Remove("trace_id");
        Assert.Equal(wrong.ToJsonString(), unknown.ToJsonString());
    }

    [Fact]
    public async Task Takes_as_long_for_an_unknown_email_as_for_a_wrong_password()
    {
        await TrySignInAsync("warm@demo.example", "a wrong password");
        await TrySignInAsync(OwnerEmail, "a wrong password");
        var (unknown, wrong) = (new List<double>(), new List<double>());
        for (var i = 0; i < 7; i++)
        {
            unknown.Add(await TimeAsync("nobody@demo.example"));
            wrong.Add(await TimeAsync(OwnerEmail));
        }
        // Hashing is the most of both; without it an unknown email would be answered in a twentieth of the time.
        Assert.InRange(unknown.Order().ElementAt(3) / wrong.Order().ElementAt(3), 0.5, 2);
    }

    private async Task<double> TimeAsync(string email)
    {
        var start = Stopwatch.GetTimestamp();
        using var response = await TrySignInAsync(email, "a wrong password");
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    [Fact]
    public async Task Ten_failures_from_one_address_close_it_for_that_email()
    {
        for (var i = 0; i < 10; i++)
        {
            await TrySignInAsync("nobody@demo.example", "a wrong password").ProblemAsync(401, "sign-in-failed");
        }

        await TrySignInAsync("nobody@demo.example", "a wrong password").ProblemAsync(429, "too-many-sign-ins");
        await SignInAsync();
    }

    [Fact]
    public async Task Ten_wrong_passwords_at_once_from_ten_addresses_lock_the_person_out()
    {
        await Task.WhenAll(Enumerable.Range(1, 10).Select(i => TrySignInFromAsync($"203.0.113.{i}", "a wrong password")));

        using var right = await TrySignInFromAsync("203.0.113.99", OwnerPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
    }

    private Task<HttpResponseMessage> TrySignInFromAsync(string address, string password)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = JsonContent.Create(new { email = OwnerEmail, password }) };
        request.Headers.Add("X-Forwarded-For", address);
        return Anonymous.SendAsync(request);
    }

    [Fact]
    public Task A_workspace_of_others_is_refused() => TrySignInAsync(OwnerEmail, OwnerPassword, Guid.CreateVersion7()).ProblemAsync(403, "not-a-member");

    [Theory]
    [InlineData("""{"email":"owner@demo.example"}""")]
    [InlineData("""{"email":"","password":"x"}""")]
    [InlineData("""{"email":"a@b.example","password":"x","more":1}""")]
    [InlineData("not json")]
    public async Task A_malformed_request_is_refused(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        await Anonymous.PostAsync("/v1/sessions", content).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_tells_the_gateway()
    {
        var token = await SignInAsync();
        var sessionId = (Guid)(await ResolveAsync(token))["credential_id"]!;
        var client = await ClientOfAsync(token);

        await client.DeleteAsync("/v1/sessions/current").StatusAsync(HttpStatusCode.NoContent);

        await TryResolveAsync(token).StatusAsync(HttpStatusCode.NotFound);
        Assert.Contains(await Service.OutboxAsync<CredentialRevoked>(), revoked => revoked.Data.CredentialId == sessionId);
    }

    [Fact]
    public async Task A_person_makes_another_workspace_and_enters_it()
    {
        var token = await SignInAsync();
        var client = await ClientOfAsync(token);
        var made = await client.PostAsJsonAsync("/v1/workspaces", new { name = "Second", default_country = "at" }).JsonAsync(HttpStatusCode.Created);

        var entered = await client.PutAsJsonAsync("/v1/sessions/current/workspace", new { workspace_id = (Guid)made["id"]! }).JsonAsync(HttpStatusCode.OK);

        Assert.Equal("Second", (string?)entered["workspace"]!["name"]);
        Assert.Equal("owner", (string?)entered["role"]);
        Assert.Equal((string?)made["id"], (string?)(await ResolveAsync(token))["workspace_id"]);
        Assert.Contains(await Service.OutboxAsync<WorkspaceChanged>(), e => e.Data == new WorkspaceChanged((Guid)made["id"]!, "Second", "AT"));
        await client.PutAsJsonAsync("/v1/sessions/current/workspace", new { workspace_id = Guid.CreateVersion7() }).ProblemAsync(403, "not-a-member");
    }
}
