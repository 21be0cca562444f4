using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using Testing;

namespace Identity.Tests;

/// <summary>Another workspace's administrator, and then another workspace's code, try what they can.</summary>
public sealed class IsolationTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Fact]
    public async Task Another_workspaces_members_and_keys_are_not_there()
    {
        var victim = await OwnerAsync();
        var (memberId, _) = await AddMemberAsync(victim, "victim@demo.example", "member");
        var keyId = (Guid)(await ResolveAsync(BootstrapKey))["credential_id"]!;
        var attacker = await AttackerAsync();

        await attacker.PatchAsJsonAsync($"/v1/members/{memberId}", new { role = "owner" }).ProblemAsync(404, "not-found");
        await attacker.DeleteAsync($"/v1/members/{memberId}").ProblemAsync(404, "not-found");
        await attacker.DeleteAsync($"/v1/api-keys/{keyId}").ProblemAsync(404, "not-found");
        Assert.Empty((await attacker.GetAsync("/v1/api-keys").JsonAsync(HttpStatusCode.OK))["data"]!.AsArray());
        Assert.Single((await attacker.GetAsync("/v1/members").JsonAsync(HttpStatusCode.OK))["data"]!.AsArray());
        Assert.Equal("Attacker", (string?)(await attacker.GetAsync("/v1/workspace").JsonAsync(HttpStatusCode.OK))["name"]);
        await ResolveAsync(BootstrapKey);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("api_keys")]
    [InlineData("workspaces")]
    public async Task Statements_of_another_workspace_see_and_change_nothing(string table)
    {
        await OwnerAsync();
        var workspaceId = (Guid)(await ResolveAsync(BootstrapKey))["workspace_id"]!;
        await using var work = Service.Services.GetRequiredService<Database>().Begin(Guid.CreateVersion7());

        Assert.Equal(0, await work.SingleAsync<int>($"SELECT count(*) FROM {table}"));
        Assert.Equal(0, await work.ExecuteAsync($"DELETE FROM {table} WHERE workspace_id = @workspaceId", new { workspaceId }));
        Assert.Equal(0, await work.ExecuteAsync($"UPDATE {table} SET created_at = now()"));
    }

    [Fact]
    public async Task A_membership_of_another_workspace_cannot_be_written()
    {
        var workspaceId = (Guid)(await ResolveAsync(BootstrapKey))["workspace_id"]!;
        await using var work = Service.Services.GetRequiredService<Database>().Begin(Guid.CreateVersion7());

        var refused = await Assert.ThrowsAsync<PostgresException>(() =>
            work.ExecuteAsync(
                "INSERT INTO members (workspace_id, user_id, role, created_at) SELECT @workspaceId, id, 'owner', now() FROM users",
                new { workspaceId }
            )
        );
        Assert.Contains("row-level security", refused.MessageText, StringComparison.Ordinal);
    }

    private async Task<HttpClient> AttackerAsync()
    {
        var (_, token) = await AddMemberAsync(await OwnerAsync(), "attacker@demo.example", "read_only");
        var person = await ClientOfAsync(token);
        var own = await person.PostAsJsonAsync("/v1/workspaces", new { name = "Attacker", default_country = "US" }).JsonAsync(HttpStatusCode.Created);
        await person.PutAsJsonAsync("/v1/sessions/current/workspace", new { workspace_id = (Guid)own["id"]! }).StatusAsync(HttpStatusCode.OK);
        return await ClientOfAsync(token);
    }
}
