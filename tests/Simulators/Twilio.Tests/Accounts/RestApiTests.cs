using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Simulators.Twilio.Tests.Accounts;

public class RestApiTests
{
    [Theory]
    [InlineData(null, SimulatorUnderTest.AccountSid)]
    [InlineData(SimulatorUnderTest.AccountSid + ":wrong", SimulatorUnderTest.AccountSid)]
    [InlineData("not base 64", SimulatorUnderTest.AccountSid)]
    [InlineData(SimulatorUnderTest.AccountSid + ":" + SimulatorUnderTest.AuthToken, "ACffffffffffffffffffffffffffffffff")]
    public async Task Other_credentials_or_accounts_are_error_20003(string? credentials, string account)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/2010-04-01/Accounts/{account}/Messages.json");
        if (credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                credentials.Contains(' ') ? credentials : Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
            );

        using var answer = await simulator.Http.SendAsync(request);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Equal(20003, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task More_requests_a_second_than_allowed_are_error_20429()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync(("Simulator:RestRequestsPerSecond", "2"));

        var statuses = new List<int>();
        for (var count = 0; count < 6; count++)
            statuses.Add((int)(await simulator.Api.GetAsync("Messages.json")).StatusCode);

        Assert.Contains(200, statuses);
        Assert.Contains(429, statuses);
    }

    [Theory]
    [InlineData("Messages/SM00000000000000000000000000000000.json")]
    [InlineData("Recordings/RE00000000000000000000000000000000.wav")]
    [InlineData("Conferences.json")]
    public async Task What_is_not_there_is_error_20404(string path)
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        using var answer = await simulator.Api.GetAsync(path);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal(20404, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task A_list_is_paged_newest_first()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        for (var count = 1; count <= 3; count++)
            await simulator.PostAsync(
                "/simulator/texts",
                new
                {
                    from = SimulatorUnderTest.Theirs,
                    to = SimulatorUnderTest.Ours,
                    body = $"text {count}",
                }
            );

        var first = await simulator.Api.GetFromJsonAsync<JsonElement>("Messages.json?PageSize=2");
        var second = await simulator.Http.GetAsync(first.GetProperty("next_page_uri").GetString());

        Assert.Equal("text 3", first.GetProperty("messages")[0].GetProperty("body").GetString());
        Assert.Equal(2, first.GetProperty("messages").GetArrayLength());
        Assert.Equal(401, (int)second.StatusCode);
    }

    [Fact]
    public async Task A_body_of_more_than_a_mebibyte_is_refused()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        using var content = new StringContent(new string(' ', 1024 * 1024 + 1), Encoding.UTF8, "application/json");

        using var answer = await simulator.Http.PostAsync("/simulator/texts", content);

        Assert.Equal(413, (int)answer.StatusCode);
    }
}
