using System.Net;
using System.Net.Http.Json;
using Messages;
using Testing;

namespace Identity.Tests;

/// <summary>What those do who may do most is told to the workspace's audit log, and nobody's data with it.</summary>
public sealed class AuditTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Fact]
    public async Task Keys_members_and_settings()
    {
        using var owner = await OwnerAsync();
        var key = await owner.PostAsJsonAsync("/v1/api-keys", new { name = "Key", scopes = new[] { "contacts:read" } }).JsonAsync(HttpStatusCode.Created);
        var keyId = (string)key["api_key"]!["id"]!;
        await owner.DeleteAsync($"/v1/api-keys/{keyId}");
        var (memberId, _) = await AddMemberAsync(owner, "jane@example.com", "member");
        await owner.PatchAsJsonAsync($"/v1/members/{memberId}", new { role = "admin" });
        await owner.DeleteAsync($"/v1/members/{memberId}");
        await owner.PatchAsJsonAsync("/v1/workspace", new { name = "Quagmire Ltd" });

        var told = await Service.OutboxAsync<AuditRecorded>();

        Assert.Equal(
            [
                ("workspace.created", ""),
                ("api_key.created", "scopes=contacts:read"),
                ("api_key.revoked", ""),
                ("member.added", "role=member"),
                ("member.role_changed", "from=member to=admin"),
                ("member.removed", ""),
                ("workspace.updated", "fields=name"),
            ],
            told.Select(e => (e.Data.Action, string.Join(' ', e.Data.Details.Select(detail => $"{detail.Key}={detail.Value}"))))
        );
        Assert.Equal([keyId, keyId], told.Where(e => e.Data.Subject == "api_key").Select(e => e.Data.SubjectId));
        Assert.All(told.Where(e => e.Data.Subject == "member"), e => Assert.Equal(memberId.ToString(), e.Data.SubjectId));
        Assert.All(told.Skip(1), e => Assert.Equal(ActorKind.Person, e.Actor.Kind));
        Assert.All(await Service.OutboxJsonAsync<AuditRecorded>(), json => Assert.DoesNotContain("jane", json, StringComparison.Ordinal));
        Assert.All(await Service.OutboxJsonAsync<AuditRecorded>(), json => Assert.DoesNotContain("Quagmire", json, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_refused_is_not_told()
    {
        using var owner = await OwnerAsync();
        var before = (await Service.OutboxAsync<AuditRecorded>()).Count;

        await owner.DeleteAsync($"/v1/api-keys/{Guid.CreateVersion7()}");
        await owner.DeleteAsync($"/v1/members/{Guid.CreateVersion7()}");
        await owner.PostAsJsonAsync("/v1/api-keys", new { name = "Key", scopes = new[] { "everything" } });

        Assert.Equal(before, (await Service.OutboxAsync<AuditRecorded>()).Count);
    }
}
