using System.Net;
using System.Net.Http.Json;
using Dapper;
using Identity.ApiKeys;
using Messages.Identity;
using Microsoft.AspNetCore.Hosting;
using Npgsql;
using Testing;

namespace Identity.Tests.Bootstrapping;

public sealed class BootstrapTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Fact]
    public async Task Starting_again_changes_nothing()
    {
        var before = await CountAsync();
        await RestartAsync([]);

        Assert.Equal((1, 1, 1, 1), before);
        Assert.Equal(before, await CountAsync());
        Assert.Single(await Service.OutboxAsync<WorkspaceChanged>());
        Assert.Empty(await Service.OutboxAsync<CredentialRevoked>());
    }

    [Fact]
    public async Task A_changed_password_and_key_replace_the_former()
    {
        var session = await SignInAsync();
        var newKey = ApiKeyFormat.Create();
        await RestartAsync(new() { ["Bootstrap:OwnerPassword"] = "quite another password", ["Bootstrap:ApiKey"] = newKey });

        await TryResolveAsync(BootstrapKey).StatusAsync(HttpStatusCode.NotFound);
        await TryResolveAsync(session).StatusAsync(HttpStatusCode.NotFound);
        await ResolveAsync(newKey);
        await TrySignInAsync(OwnerEmail, OwnerPassword).ProblemAsync(401, "sign-in-failed");
        await SignInAsync(OwnerEmail, "quite another password");
        Assert.Equal((1, 1, 1, 1), await CountAsync());
        Assert.Equal(2, (await Service.OutboxAsync<CredentialRevoked>()).Count);
    }

    [Fact]
    public async Task The_owner_may_rename_the_workspace_and_revoke_the_key_for_good()
    {
        var owner = await OwnerAsync();
        var keyId = (Guid)(await ResolveAsync(BootstrapKey))["credential_id"]!;
        await owner.PatchAsJsonAsync("/v1/workspace", new { name = "Renamed", default_country = "fr" }).StatusAsync(HttpStatusCode.OK);
        await owner.DeleteAsync($"/v1/api-keys/{keyId}").StatusAsync(HttpStatusCode.NoContent);
        await RestartAsync([]);

        await TryResolveAsync(BootstrapKey).StatusAsync(HttpStatusCode.NotFound);
        var workspace = await owner.GetAsync("/v1/workspace").JsonAsync(HttpStatusCode.OK);
        Assert.Equal("Renamed", (string?)workspace["name"]);
        Assert.Equal("FR", (string?)workspace["default_country"]);
        Assert.Equal(["Demo", "Renamed"], (await Service.OutboxAsync<WorkspaceChanged>()).Select(changed => changed.Data.Name));
    }

    [Theory]
    [InlineData("Bootstrap:ApiKey", "ck_mistyped")]
    [InlineData("Bootstrap:OwnerPassword", "short")]
    [InlineData("Bootstrap:DefaultCountry", "ZZ")]
    public async Task A_wrong_setting_stops_the_start_and_says_which(string setting, string value)
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => RestartAsync(new() { [setting] = value }));

        Assert.StartsWith("Bootstrap", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1, 1, 1), await CountAsync());
    }

    [Fact]
    public async Task Without_settings_nothing_is_made()
    {
        await using var bare = await ServiceFactory<Program>.CreateAsync(Postgres, "identitydb");
        using var client = bare.CreateClient();
        await using var database = new NpgsqlConnection(bare.OwnerConnectionString);

        Assert.Equal(0, await database.QuerySingleAsync<int>("SELECT count(*) FROM users"));
    }

    /// <summary>Another process on the same database.</summary>
    private async Task RestartAsync(Dictionary<string, string?> settings)
    {
        await using var again = Service.WithWebHostBuilder(builder =>
        {
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }
        });
        using var client = again.CreateClient();
    }

    private async Task<(int Users, int Workspaces, int Members, int Keys)> CountAsync()
    {
        await using var database = new NpgsqlConnection(Service.OwnerConnectionString);
        return await database.QuerySingleAsync<(int, int, int, int)>(
            "SELECT (SELECT count(*) FROM users)::int, (SELECT count(*) FROM workspaces)::int, (SELECT count(*) FROM members)::int, (SELECT count(*) FROM api_keys)::int"
        );
    }
}
