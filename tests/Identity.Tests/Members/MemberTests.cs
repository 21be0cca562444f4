using System.Net;
using System.Net.Http.Json;
using Messages.Identity;
using ServiceDefaults.Authentication;
using Testing;

namespace Identity.Tests.Members;

public sealed class MemberTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Theory]
    [InlineData("owner", "contacts:read contacts:write conversations:read conversations:write outbound settings admin")]
    [InlineData("admin", "contacts:read contacts:write conversations:read conversations:write outbound settings admin")]
    [InlineData("member", "contacts:read conversations:read contacts:write conversations:write outbound")]
    [InlineData("read_only", "contacts:read conversations:read")]
    public async Task A_role_gives_its_scopes(string role, string scopes)
    {
        var (_, token) = await AddMemberAsync(await OwnerAsync(), "new@demo.example", role);

        var me = await (await ClientOfAsync(token)).GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK);

        Assert.Equal(role, (string?)me["role"]);
        Assert.Equal("new@demo.example", (string?)me["user"]!["email"]);
        Assert.Equal(scopes, string.Join(' ', me["scopes"]!.AsArray()));
    }

    [Theory]
    [InlineData("member")]
    [InlineData("read_only")]
    public async Task Members_without_administration_cannot_manage(string role)
    {
        var (id, token) = await AddMemberAsync(await OwnerAsync(), "new@demo.example", role);
        var client = await ClientOfAsync(token);

        await client.GetAsync("/v1/members").ProblemAsync(403, "forbidden");
        await client.PostAsJsonAsync("/v1/members", Somebody("admin")).ProblemAsync(403, "forbidden");
        await client.PatchAsJsonAsync($"/v1/members/{id}", new { role = "owner" }).ProblemAsync(403, "forbidden");
        await client.DeleteAsync($"/v1/members/{id}").ProblemAsync(403, "forbidden");
        await client.PatchAsJsonAsync("/v1/workspace", new { name = "Mine" }).ProblemAsync(403, "forbidden");
    }

    [Fact]
    public async Task Only_owners_touch_owners()
    {
        var owner = await OwnerAsync();
        var ownerId = (Guid)(await owner.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK))["user"]!["id"]!;
        var (adminId, token) = await AddMemberAsync(owner, "admin@demo.example", "admin");
        var admin = await ClientOfAsync(token);
        var key = await ClientOfAsync(BootstrapKey);

        foreach (var client in new[] { admin, key })
        {
            await client.PostAsJsonAsync("/v1/members", Somebody("owner")).ProblemAsync(403, "owners-only");
            await client.PatchAsJsonAsync($"/v1/members/{adminId}", new { role = "owner" }).ProblemAsync(403, "owners-only");
            await client.PatchAsJsonAsync($"/v1/members/{ownerId}", new { role = "member" }).ProblemAsync(403, "owners-only");
            await client.DeleteAsync($"/v1/members/{ownerId}").ProblemAsync(403, "owners-only");
        }
        await admin.PostAsJsonAsync("/v1/members", Somebody("admin")).StatusAsync(HttpStatusCode.Created);
        await owner.PatchAsJsonAsync($"/v1/members/{adminId}", new { role = "owner" }).StatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var owner = await OwnerAsync();
        var ownerId = (Guid)(await owner.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK))["user"]!["id"]!;

        await owner.DeleteAsync($"/v1/members/{ownerId}").ProblemAsync(409, "last-owner");
        await owner.PatchAsJsonAsync($"/v1/members/{ownerId}", new { role = "admin" }).ProblemAsync(409, "last-owner");
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var first = await OwnerAsync();
            var firstId = (Guid)(await first.GetAsync("/v1/me").JsonAsync(HttpStatusCode.OK))["user"]!["id"]!;
            var (secondId, token) = await AddMemberAsync(first, $"second{round}@demo.example", "owner");
            var second = await ClientOfAsync(token);

            var answers = await Task.WhenAll(
                first.PatchAsJsonAsync($"/v1/members/{secondId}", new { role = "member" }),
                second.PatchAsJsonAsync($"/v1/members/{firstId}", new { role = "member" })
            );

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
            if (answers[1].IsSuccessStatusCode)
            {
                await second.PatchAsJsonAsync($"/v1/members/{firstId}", new { role = "owner" }).StatusAsync(HttpStatusCode.OK);
                await second.PatchAsJsonAsync($"/v1/members/{secondId}", new { role = "member" }).StatusAsync(HttpStatusCode.OK);
            }
        }
    }

    [Fact]
    public async Task A_removed_members_sessions_end()
    {
        var owner = await OwnerAsync();
        var (id, token) = await AddMemberAsync(owner, "gone@demo.example", "member");
        var sessionId = (Guid)(await ResolveAsync(token))["credential_id"]!;

        await owner.DeleteAsync($"/v1/members/{id}").StatusAsync(HttpStatusCode.NoContent);

        await TryResolveAsync(token).StatusAsync(HttpStatusCode.NotFound);
        Assert.Equal([sessionId], (await Service.OutboxAsync<CredentialRevoked>()).Select(revoked => revoked.Data.CredentialId));
        await owner.DeleteAsync($"/v1/members/{id}").ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_changed_role_reaches_the_running_sessions()
    {
        var owner = await OwnerAsync();
        var (id, token) = await AddMemberAsync(owner, "up@demo.example", "read_only");
        var sessionId = (Guid)(await ResolveAsync(token))["credential_id"]!;

        await owner.PatchAsJsonAsync($"/v1/members/{id}", new { role = "admin" }).StatusAsync(HttpStatusCode.OK);

        Assert.Equal([sessionId], (await Service.OutboxAsync<CredentialRevoked>()).Select(revoked => revoked.Data.CredentialId));
        await (await ClientOfAsync(token)).GetAsync("/v1/members").StatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_person_known_elsewhere_is_added_with_his_own_password()
    {
        var owner = await OwnerAsync();
        await AddMemberAsync(owner, "both@demo.example", "member");
        var second = await owner.PostAsJsonAsync("/v1/workspaces", new { name = "Second", default_country = "US" }).JsonAsync(HttpStatusCode.Created);
        var token = await SignInAsync();
        await (await ClientOfAsync(token))
            .PutAsJsonAsync("/v1/sessions/current/workspace", new { workspace_id = (Guid)second["id"]! })
            .StatusAsync(HttpStatusCode.OK);
        var secondOwner = await ClientOfAsync(token);

        var added = await secondOwner
            .PostAsJsonAsync(
                "/v1/members",
                new
                {
                    email = "BOTH@demo.example",
                    name = "Other name",
                    role = "read_only",
                }
            )
            .JsonAsync(HttpStatusCode.Created);

        Assert.Null(added["temporary_password"]);
        Assert.Equal("Somebody", (string?)added["member"]!["name"]);
        await secondOwner
            .PostAsJsonAsync(
                "/v1/members",
                new
                {
                    email = "both@demo.example",
                    name = "x",
                    role = "member",
                }
            )
            .ProblemAsync(409, "member-exists");
    }

    [Theory]
    [InlineData("""{"email":"no email","name":"A","role":"member"}""")]
    [InlineData("""{"email":"a@b.example","name":"","role":"member"}""")]
    [InlineData("""{"email":"a@b.example","name":"A","role":"king"}""")]
    [InlineData("""{"email":"a@b.example","name":"A"}""")]
    public async Task A_bad_request_is_refused(string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        await (await OwnerAsync()).PostAsync("/v1/members", content).ProblemAsync(400, "validation");
    }

    [Fact]
    public async Task A_person_changes_his_password_and_other_sessions_end()
    {
        var (kept, other) = (await SignInAsync(), await SignInAsync());
        var client = await ClientOfAsync(kept);

        await client
            .PutAsJsonAsync("/v1/me/password", new { current_password = "wrong password", new_password = "another long password" })
            .ProblemAsync(400, "wrong-password");
        await client.PutAsJsonAsync("/v1/me/password", new { current_password = OwnerPassword, new_password = "short" }).ProblemAsync(400, "validation");
        await client
            .PutAsJsonAsync("/v1/me/password", new { current_password = OwnerPassword, new_password = "another long password" })
            .StatusAsync(HttpStatusCode.NoContent);

        await TryResolveAsync(kept).StatusAsync(HttpStatusCode.OK);
        await TryResolveAsync(other).StatusAsync(HttpStatusCode.NotFound);
        await TrySignInAsync(OwnerEmail, OwnerPassword).ProblemAsync(401, "sign-in-failed");
        await SignInAsync(OwnerEmail, "another long password");
        await (await ClientOfAsync(BootstrapKey))
            .PutAsJsonAsync("/v1/me/password", new { current_password = "x", new_password = "another long password" })
            .ProblemAsync(403, "forbidden");
    }

    private static object Somebody(string role) =>
        new
        {
            email = $"{Guid.CreateVersion7():N}@demo.example",
            name = "Somebody",
            role,
        };
}
