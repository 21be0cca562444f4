namespace Gateway.Tests.Answers;

public sealed class AccessLogTests : GatewayTests
{
    [Fact]
    public async Task A_request_is_one_line_without_what_is_private_in_it()
    {
        var (key, id) = Identity.GiveOut();
        using var response = await GetAsync("/v1/contacts/%2B15551234567?q=jane%40example.com", key);
        await Contacts.DisposeAsync();
        using var failed = await GetAsync("/v1/contacts/%2B15551234567?q=jane%40example.com", key);
        await UntilAsync(() => Log.All.Count(line => line.StartsWith("Gateway.Access", StringComparison.Ordinal)) == 2);

        var line = Log.All.First(line => line.StartsWith("Gateway.Access", StringComparison.Ordinal));
        Assert.Matches($"^Gateway.Access GET /v1/contacts/{{id}} 200 [0-9.,]+ ms {id}", line);
        Assert.Single(Log.All, line => line.StartsWith("Gateway.Forwarding Forwarding to contacts failed", StringComparison.Ordinal));
        foreach (var secret in new[] { "5551234567", "jane", key, $"internal-{id}" })
        {
            Assert.DoesNotContain(Log.All, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }
}
