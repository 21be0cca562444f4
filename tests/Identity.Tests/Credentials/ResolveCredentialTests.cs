using System.Net;
using Dapper;
using Identity.ApiKeys;
using Identity.Sessions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using ServiceDefaults.Authentication;
using Testing;

namespace Identity.Tests.Credentials;

public sealed class ResolveCredentialTests(PostgresFixture postgres) : IdentityTests(postgres)
{
    [Fact]
    public async Task The_published_key_validates_the_internal_token()
    {
        var resolved = await ResolveAsync(BootstrapKey);
        var keys = new JsonWebKeySet(await Anonymous.GetStringAsync("/.well-known/jwks.json"));

        var validated = await new JsonWebTokenHandler().ValidateTokenAsync(
            (string)resolved["internal_token"]!,
            new()
            {
                ValidIssuer = InternalToken.Issuer,
                ValidAudience = InternalToken.Audience,
                ValidAlgorithms = ["ES256"],
                IssuerSigningKeys = keys.GetSigningKeys(),
            }
        );

        Assert.True(validated.IsValid, validated.Exception?.Message);
        Assert.Equal((string?)resolved["workspace_id"], (string)validated.Claims[InternalToken.WorkspaceId]);
        Assert.Equal(string.Join(' ', Scopes.All), (string)validated.Claims[InternalToken.Scope]);
        Assert.Equal("api", (string)validated.Claims[InternalToken.ActorKind]);
        Assert.InRange((DateTimeOffset)resolved["expires_at"]! - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(4.9), TimeSpan.FromMinutes(5));
        Assert.DoesNotContain("\"d\"", await Anonymous.GetStringAsync("/.well-known/jwks.json"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Nobodys))]
    public Task Nobodys_credential_is_not_found(string credential) => TryResolveAsync(credential).StatusAsync(HttpStatusCode.NotFound);

    public static TheoryData<string> Nobodys => [ApiKeyFormat.Create(), SessionToken.Create(), "ck_short", "cs_' OR 1=1 --", "hello", BootstrapKey[..^1] + "é"];

    [Fact]
    public async Task A_malformed_credential_costs_no_look_up()
    {
        await using (var database = new NpgsqlConnection(Service.OwnerConnectionString))
        {
            await TryResolveAsync("warm up");
            await database.ExecuteAsync("DROP FUNCTION resolve_api_key; DROP FUNCTION resolve_session");
        }
        await TryResolveAsync(BootstrapKey[..^1] + (BootstrapKey[^1] == 'a' ? 'b' : 'a')).StatusAsync(HttpStatusCode.NotFound);
        await TryResolveAsync("cs_short").StatusAsync(HttpStatusCode.NotFound);
        await TryResolveAsync(BootstrapKey).StatusAsync(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public async Task A_session_slides_for_14_days_and_ends_when_it_is_not_used()
    {
        var token = await SignInAsync();
        await using var database = new NpgsqlConnection(Service.OwnerConnectionString);
        await database.ExecuteAsync("UPDATE sessions SET last_used_at = now() - interval '13 days', expires_at = now() + interval '1 day'");
        await ResolveAsync(token);
        var remaining = await database.QuerySingleAsync<TimeSpan>("SELECT expires_at - now() FROM sessions");
        Assert.InRange(remaining, TimeSpan.FromDays(13.9), TimeSpan.FromDays(14.1));

        await database.ExecuteAsync("UPDATE sessions SET expires_at = now() - interval '1 second'");
        await TryResolveAsync(token).StatusAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_replica_signs_with_the_same_key()
    {
        var first = await Anonymous.GetStringAsync("/.well-known/jwks.json");
        await using var replica = Service.WithWebHostBuilder(_ => { });

        Assert.Equal(first, await replica.CreateClient().GetStringAsync("/.well-known/jwks.json"));
    }
}
