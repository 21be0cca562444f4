using System.Net;
using System.Text.Json;
using ServiceDefaults.Authentication;
using Testing;

namespace CommunicationsIngest.Tests.Conversations;

public sealed class ConversationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task They_are_listed_by_their_latest_activity()
    {
        await using var communications = await Communications.StartAsync(postgres);
        foreach (var text in new[] { "0142", "0143", "0144", "0142" })
        {
            await communications.TextAsync($"+1604555{text}", text);
        }

        var all = await communications.ConversationsAsync();
        var since = all[1].GetProperty("last_activity_at").GetString()!;
        var updated = await communications.ConversationsAsync($"?updated_since={Uri.EscapeDataString(since)}");

        Assert.Equal(["0142", "0144", "0143"], all.Select(c => c.GetProperty("last_message").GetString()));
        Assert.Equal(["0144", "0142"], updated.Select(c => c.GetProperty("last_message").GetString()));
    }

    [Fact]
    public async Task They_are_paged_and_filtered()
    {
        await using var communications = await Communications.StartAsync(postgres);
        for (var i = 0; i < 7; i++)
        {
            await communications.TextAsync($"+1604555014{i}", $"{i}");
        }

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await communications.GetAsync($"/v1/conversations?limit=3{cursor}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(c => c.GetProperty("last_message").GetString()!));
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], seen);
        Assert.Equal("3", Assert.Single(await communications.ConversationsAsync("?phone=(604)%20555-0143")).GetProperty("last_message").GetString());
        Assert.Empty(await communications.ConversationsAsync("?channel=call"));
        Assert.Equal(7, (await communications.ConversationsAsync("?channel=text")).Length);
        Assert.Empty(await communications.ConversationsAsync($"?contact_id={Guid.CreateVersion7()}"));
    }

    [Theory]
    [InlineData("channel=fax")]
    [InlineData("phone=nobody")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=x")]
    [InlineData("cursor=x")]
    [InlineData("contact_id=x")]
    [InlineData("updated_since=yesterday")]
    public async Task A_wrong_parameter_is_a_400(string query)
    {
        await using var communications = await Communications.StartAsync(postgres);

        var response = await communications.Api.GetAsync($"/v1/conversations?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Another_workspace_sees_nothing_of_it_on_any_route()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync("+16045550142", "Secret");
        var id = (await communications.OnlyConversationAsync()).GetProperty("id").GetGuid();
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());

        foreach (var path in new[] { $"/v1/conversations/{id}", $"/v1/conversations/{id}/messages", $"/v1/calls/{id}/recording" })
        {
            var response = await other.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.DoesNotContain("Secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        foreach (var path in new[] { "/v1/conversations", "/v1/conversations?phone=%2B16045550142", $"/v1/contacts/{id}/timeline" })
        {
            Assert.Equal("""{"data":[],"next_cursor":null}""", await other.GetStringAsync(path));
        }
    }

    [Fact]
    public async Task The_reading_scope_is_needed()
    {
        await using var communications = await Communications.StartAsync(postgres);
        using var caller = communications.Factory.CreateClient(communications.WorkspaceId, Scopes.ContactsRead, Scopes.ConversationsWrite);
        var id = Guid.CreateVersion7();

        foreach (var path in new[] { "/v1/conversations", $"/v1/conversations/{id}", $"/v1/conversations/{id}/messages", $"/v1/contacts/{id}/timeline" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await caller.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await communications.Anonymous.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task A_long_thread_is_read_page_by_page_newest_first()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => communications.TextAsync("+16045550142", $"{i}")));
        var id = (await communications.OnlyConversationAsync()).GetProperty("id").GetGuid();

        var seen = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null; )
        {
            var page = await communications.GetAsync($"/v1/conversations/{id}/messages?limit=7{cursor}");
            seen.AddRange(page.GetProperty("data").EnumerateArray());
            cursor = page.GetProperty("next_cursor").GetString() is { } next ? $"&cursor={next}" : null;
        }

        Assert.Equal(30, seen.Select(m => m.GetProperty("id").GetGuid()).Distinct().Count());
        var times = seen.Select(m => m.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }
}
