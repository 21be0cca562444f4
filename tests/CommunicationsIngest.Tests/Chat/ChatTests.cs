using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.Extensions.DependencyInjection;
using Testing;

namespace CommunicationsIngest.Tests.Chat;

public sealed class ChatTests(PostgresFixture postgres)
{
    private const string Page = "https://www.harbourdental.example";

    [Fact]
    public async Task A_chat_lives_from_its_start_to_its_end()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);

        var hello = await chat.SayAsync("Do you have time on Friday?");
        var answer = await communications.Api.PostAsJsonAsync($"/v1/conversations/{chat.Id}/messages", new { body = "At ten?" });
        var thanks = await chat.SayAsync("Perfect, thanks");

        Assert.Equal(HttpStatusCode.Created, hello.StatusCode);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var messages = await chat.ReadAsync();
        Assert.Equal(["Do you have time on Friday?", "At ten?", "Perfect, thanks"], messages.Select(m => m.GetProperty("body").GetString()));
        Assert.Equal(["inbound", "outbound", "inbound"], messages.Select(m => m.GetProperty("direction").GetString()));
        var since = await chat.ReadAsync($"?after={messages[1].GetProperty("id")}");
        Assert.Equal("Perfect, thanks", Assert.Single(since).GetProperty("body").GetString());
        var conversation = await communications.OnlyConversationAsync();
        Assert.Equal("chat", conversation.GetProperty("channel").GetString());
        Assert.Equal("open", conversation.GetProperty("state").GetString());
        Assert.Equal(3, conversation.GetProperty("message_count").GetInt32());
        Assert.Equal("chat_visitor", conversation.GetProperty("participant").GetProperty("kind").GetString());

        Assert.Equal(HttpStatusCode.NoContent, (await chat.EndAsync()).StatusCode);
        var ended = await communications.OnlyConversationAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await chat.EndAsync()).StatusCode);

        Assert.Equal("closed", ended.GetProperty("state").GetString());
        var again = await communications.OnlyConversationAsync();
        Assert.Equal(ended.GetProperty("ended_at").ToString(), again.GetProperty("ended_at").ToString());
        Assert.Equal(ended.GetProperty("last_activity_at").ToString(), again.GetProperty("last_activity_at").ToString());
        Assert.Equal(HttpStatusCode.Conflict, (await chat.SayAsync("Still there?")).StatusCode);
        var late = await communications.Api.PostAsJsonAsync($"/v1/conversations/{chat.Id}/messages", new { body = "Still there?" });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(3, (await chat.ReadAsync()).Length);
    }

    [Fact]
    public async Task Each_message_is_an_interaction_of_the_visitor_with_what_he_gave()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(
            communications,
            new
            {
                name = " Maria Lopez ",
                email = "Maria@Example.com",
                phone = "(604) 555-0142",
            }
        );

        await chat.SayAsync("Hello");
        await communications.Api.PostAsJsonAsync($"/v1/conversations/{chat.Id}/messages", new { body = "Hi" });

        var interactions = (await communications.InteractionsAsync()).Select(e => e.Data).ToList();
        var visitor = (await communications.OnlyConversationAsync()).GetProperty("participant").GetProperty("value").GetString()!;
        var maria = new Participant(IdentityKind.ChatVisitor, visitor, "Maria Lopez", "maria@example.com", "+16045550142");
        Assert.Equal([maria, maria, maria], interactions.Select(i => i.Participant));
        Assert.Equal([Direction.Inbound, Direction.Inbound, Direction.Outbound], interactions.Select(i => i.Direction));
        Assert.All(interactions, i => Assert.Equal(Channel.Chat, i.Channel));
    }

    [Fact]
    public async Task Who_opens_the_widget_and_says_nothing_is_no_contact_yet()
    {
        await using var communications = await Communications.StartAsync(postgres);

        await StartAsync(communications);

        Assert.Empty(await communications.InteractionsAsync());
    }

    [Fact]
    public async Task A_returning_visitor_goes_on_as_the_same_one()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var first = await StartAsync(communications, new { name = "Maria" });

        var second = await StartAsync(communications, new { name = "Somebody else", email = "maria@example.com" }, first.WidgetId, first.Token);

        Assert.Null(second.NewToken);
        Assert.NotEqual(first.Id, second.Id);
        var participants = (await communications.InteractionsAsync()).Select(e => e.Data.Participant!).ToList();
        Assert.Single(participants.Select(p => p.Value).Distinct());
        await second.SayAsync("Hello again");
        var latest = (await communications.InteractionsAsync())[^1].Data.Participant!;
        Assert.Equal(("Maria", "maria@example.com"), (latest.Name, latest.Email));
    }

    [Fact]
    public async Task A_wrong_missing_or_foreign_token_reaches_nothing()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);
        var other = await StartAsync(communications, widgetId: chat.WidgetId);
        using var apiOfOther = communications.Factory.CreateClient(Guid.CreateVersion7());
        var foreign = await StartAsync(communications, widgetId: await CreateWidgetAsync(apiOfOther));
        var unknown = "cv_" + new string('A', 43);

        foreach (var token in new[] { null, "", "cv_", unknown, "ck_x", chat.Token + "A" })
        {
            var intruder = chat with { Token = token };
            Assert.Equal(HttpStatusCode.Unauthorized, (await intruder.SayAsync("Hello")).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await intruder.EndAsync()).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await intruder.GetAsync()).StatusCode);
        }
        foreach (var token in new[] { other.Token, foreign.Token })
        {
            var intruder = chat with { Token = token };
            Assert.Equal(HttpStatusCode.NotFound, (await intruder.SayAsync("Hello")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await intruder.EndAsync()).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await intruder.GetAsync()).StatusCode);
        }
        var elsewhere = await PostStartAsync(communications, new { widget_id = chat.WidgetId }, foreign.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
        var byStaff = await apiOfOther.PostAsJsonAsync($"/v1/conversations/{chat.Id}/messages", new { body = "Hello" });
        Assert.Equal(HttpStatusCode.NotFound, byStaff.StatusCode);
        Assert.Empty(await chat.ReadAsync());
    }

    [Fact]
    public async Task A_visitors_token_opens_no_other_route()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);

        foreach (var path in new[] { "/v1/conversations", $"/v1/conversations/{chat.Id}", "/v1/phone-numbers", "/v1/chat/widgets" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new("Bearer", chat.Token);
            Assert.Equal(HttpStatusCode.Unauthorized, (await communications.Anonymous.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task An_api_key_is_no_visitor()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);

        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await communications.Api.PostAsJsonAsync($"/v1/chat/sessions/{chat.Id}/messages", new { body = "x" })).StatusCode
        );
    }

    [Fact]
    public async Task The_token_is_not_stored()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);

        Assert.DoesNotContain(
            chat.Token!,
            await communications.SqlAsync<string>("SELECT encode(token_hash, 'escape') FROM chat_visitors"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"body":""}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"body":"  "}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"body":null}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"body":"x","more":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"body":"\u0000"}""", HttpStatusCode.BadRequest)]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    public async Task A_message_that_says_nothing_right_is_refused(string body, HttpStatusCode status)
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        Assert.Equal(status, (await chat.SendAsync(HttpMethod.Post, "messages", content)).StatusCode);
    }

    [Fact]
    public async Task A_message_holds_4000_characters()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);

        Assert.Equal(HttpStatusCode.Created, (await chat.SayAsync(new string('x', 4000))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await chat.SayAsync(new string('x', 4001))).StatusCode);
    }

    [Fact]
    public async Task A_message_sent_again_with_its_idempotency_key_is_stored_once()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);

        var answers = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var response = await chat.SendAsync(HttpMethod.Post, "messages", JsonContent.Create(new { body = "Once" }), idempotencyKey: "k1");
            answers.Add(await response.Content.ReadAsStringAsync());
        }

        Assert.Single(answers.Distinct());
        Assert.Single(await chat.ReadAsync());
    }

    [Fact]
    public async Task Messages_written_at_once_are_all_read_by_one_who_asks_for_what_came_after()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var chat = await StartAsync(communications);
        var writing = Task.WhenAll(Enumerable.Range(0, 40).Select(i => chat.SayAsync($"{i}")));

        var seen = new List<string>();
        string? last = null;
        while (!writing.IsCompleted || seen.Count < 40)
        {
            var news = await chat.ReadAsync(last is null ? "" : $"?after={last}");
            seen.AddRange(news.Select(m => m.GetProperty("body").GetString()!));
            last = news.Length > 0 ? news[^1].GetProperty("id").GetString() : last;
            Assert.True(!writing.IsCompleted || news.Length > 0 || seen.Count == 40, $"only {seen.Count} were seen");
        }

        Assert.Equal(40, seen.Distinct().Count());
    }

    [Fact]
    public async Task Messages_of_the_same_instant_keep_their_order()
    {
        await using var communications = await Communications.StartAsync(
            postgres,
            configureServices: services => services.AddSingleton<TimeProvider>(new StoppedClock())
        );
        var chat = await StartAsync(communications);

        var said = Enumerable.Range(0, 20).Select(i => $"{i}").ToList();
        foreach (var body in said)
        {
            await chat.SayAsync(body);
        }

        Assert.Equal(said, (await chat.ReadAsync()).Select(m => m.GetProperty("body").GetString()));
    }

    [Fact]
    public async Task Only_the_widgets_own_pages_may_begin_a_chat()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var widgetId = await CreateWidgetAsync(communications.Api);

        Assert.Equal(HttpStatusCode.Created, (await PostStartAsync(communications, new { widget_id = widgetId }, origin: Page)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostStartAsync(communications, new { widget_id = widgetId }, origin: "https://evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostStartAsync(communications, new { widget_id = Guid.CreateVersion7() })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostStartAsync(communications, new { name = "x" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostStartAsync(communications, new { widget_id = widgetId, email = "nobody" })).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostStartAsync(communications, new { widget_id = widgetId, phone = "123" })).StatusCode);
    }

    [Theory]
    [InlineData(Page, true)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://www.harbourdental.example.evil.example", false)]
    public async Task A_browser_is_told_which_pages_may_chat(string origin, bool isAllowed)
    {
        await using var communications = await Communications.StartAsync(postgres);
        await CreateWidgetAsync(communications.Api);
        foreach (var path in new[] { "/v1/chat/sessions", $"/v1/chat/sessions/{Guid.CreateVersion7()}/messages" })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");

            var response = await communications.Anonymous.SendAsync(preflight);

            Assert.Equal(isAllowed, response.Headers.TryGetValues("Access-Control-Allow-Origin", out var allowed) && allowed.Single() == origin);
        }
    }

    [Fact]
    public async Task Widgets_are_listed_and_deleted_by_their_own_workspace()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var widgetId = await CreateWidgetAsync(communications.Api);
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/v1/chat/widgets/{widgetId}")).StatusCode);
        var listed = (await communications.GetAsync("/v1/chat/widgets")).GetProperty("data");
        Assert.Equal(Page, Assert.Single(listed.EnumerateArray()).GetProperty("allowed_origins")[0].GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await communications.Api.DeleteAsync($"/v1/chat/widgets/{widgetId}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostStartAsync(communications, new { widget_id = widgetId })).StatusCode);
    }

    [Theory]
    [InlineData("ftp://a.example")]
    [InlineData("https://a.example/path")]
    [InlineData("https://user@a.example")]
    [InlineData("a.example")]
    [InlineData("*")]
    public async Task A_widget_takes_only_origins(string origin)
    {
        await using var communications = await Communications.StartAsync(postgres);

        var response = await communications.Api.PostAsJsonAsync("/v1/chat/widgets", new { name = "Site", allowed_origins = new[] { Page, origin } });

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("allowed_origins[1]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<Guid> CreateWidgetAsync(HttpClient api)
    {
        var response = await api.PostAsJsonAsync("/v1/chat/widgets", new { name = "Site", allowed_origins = new[] { Page + "/" } });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static async Task<Session> StartAsync(Communications communications, object? details = null, Guid? widgetId = null, string? token = null)
    {
        var widget = widgetId ?? await CreateWidgetAsync(communications.Api);
        var body = JsonSerializer.SerializeToNode(details ?? new { })!.AsObject();
        body["widget_id"] = widget.ToString();
        var response = await PostStartAsync(communications, body, token);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var session = await response.Content.ReadFromJsonAsync<JsonElement>();
        var newToken = session.GetProperty("visitor_token").GetString();
        return new(communications.Anonymous, session.GetProperty("id").GetGuid(), widget, newToken ?? token, newToken);
    }

    private static async Task<HttpResponseMessage> PostStartAsync(Communications communications, object body, string? token = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/sessions") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }
        return await communications.Anonymous.SendAsync(request);
    }

    private sealed record Session(HttpClient Client, Guid Id, Guid WidgetId, string? Token, string? NewToken)
    {
        public Task<HttpResponseMessage> SayAsync(string body) => SendAsync(HttpMethod.Post, "messages", JsonContent.Create(new { body }));

        public Task<HttpResponseMessage> EndAsync() => SendAsync(HttpMethod.Put, "closure", null);

        public Task<HttpResponseMessage> GetAsync(string query = "") => SendAsync(HttpMethod.Get, "messages" + query, null);

        public async Task<JsonElement[]> ReadAsync(string query = "")
        {
            var response = await GetAsync(query);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return [.. (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").EnumerateArray()];
        }

        public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string? idempotencyKey = null)
        {
            using var request = new HttpRequestMessage(method, $"/v1/chat/sessions/{Id}/{path}") { Content = content };
            request.Headers.Authorization = Token is null ? null : new AuthenticationHeaderValue("Bearer", Token);
            if (idempotencyKey is not null)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }
            return await Client.SendAsync(request);
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        private readonly DateTimeOffset _now = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
