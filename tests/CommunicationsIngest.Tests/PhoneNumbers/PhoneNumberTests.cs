using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Messages.Identity;
using ServiceDefaults.Authentication;
using Testing;

namespace CommunicationsIngest.Tests.PhoneNumbers;

public sealed class PhoneNumberTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_number_is_registered_changed_read_listed_and_removed()
    {
        await using var communications = await Communications.StartAsync(postgres);

        var created = await communications.Api.PutAsJsonAsync("/v1/phone-numbers/604-555-0101", new { label = "Second", answer = new { kind = "reject" } });
        var changed = await communications.Api.PutAsJsonAsync("/v1/phone-numbers/%2B16045550101", new { label = "Night" });

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/v1/phone-numbers/+16045550101", created.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var number = await communications.GetAsync("/v1/phone-numbers/%2B16045550101");
        Assert.Equal("Night", number.GetProperty("label").GetString());
        Assert.Equal(JsonValueKind.Null, number.GetProperty("answer").ValueKind);
        var first = await communications.GetAsync("/v1/phone-numbers?limit=1");
        Assert.Equal(Communications.OwnNumber, first.GetProperty("data")[0].GetProperty("number").GetString());
        var second = await communications.GetAsync($"/v1/phone-numbers?limit=1&cursor={Uri.EscapeDataString(first.GetProperty("next_cursor").GetString()!)}");
        Assert.Equal("+16045550101", second.GetProperty("data")[0].GetProperty("number").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await communications.Api.DeleteAsync("/v1/phone-numbers/%2B16045550101")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await communications.Api.DeleteAsync("/v1/phone-numbers/%2B16045550101")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await communications.TextAsync("+16045550142", "Hello", to: "+16045550101")).StatusCode);
    }

    [Fact]
    public async Task A_number_belongs_to_one_workspace_and_only_that_sees_it()
    {
        await using var communications = await Communications.StartAsync(postgres);
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());

        var taken = await other.PutAsJsonAsync($"/v1/phone-numbers/{Communications.OwnNumber}", new { label = "Mine" });

        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
        Assert.Contains("number-taken", await taken.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/v1/phone-numbers/{Communications.OwnNumber}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.DeleteAsync($"/v1/phone-numbers/{Communications.OwnNumber}")).StatusCode);
        Assert.Equal("""{"data":[],"next_cursor":null}""", await other.GetStringAsync("/v1/phone-numbers"));
    }

    [Fact]
    public async Task Local_numbers_are_read_by_the_workspaces_country()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var now = TimeProvider.System.GetUtcNow();
        var late = Happened.In(communications.WorkspaceId, new WorkspaceChanged(communications.WorkspaceId, "Praxis", "US"), now.AddMinutes(-1));
        await communications.Factory.DeliverAsync(
            Happened.In(communications.WorkspaceId, new WorkspaceChanged(communications.WorkspaceId, "Praxis", "DE"), now)
        );
        await communications.Factory.DeliverAsync(late);

        var created = await communications.Api.PutAsJsonAsync("/v1/phone-numbers/030%20123456", new { });

        Assert.Equal("/v1/phone-numbers/+4930123456", created.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("not-a-number", "{}", "number")]
    [InlineData("%2B266696687", "{}", "number")]
    [InlineData("6045550101", """{"answer":{"kind":"say"}}""", "answer.text")]
    [InlineData("6045550101", """{"answer":{"kind":"dial","to":"nobody"}}""", "answer.to")]
    [InlineData("6045550101", """{"answer":{"kind":"dial","to":"sip:@x"}}""", "answer.to")]
    [InlineData("6045550101", """{"answer":{"kind":"stream","url":"https://agent.example"}}""", "answer.url")]
    [InlineData("6045550101", """{"answer":{"kind":"redirect","url":"http://agent.example"}}""", "answer.url")]
    [InlineData("6045550101", """{"answer":{"kind":"redirect","url":"https://user:secret@agent.example"}}""", "answer.url")]
    [InlineData("6045550101", """{"answer":{"kind":"dance"}}""", "kind")]
    [InlineData("6045550101", """{"colour":"red"}""", "colour")]
    public async Task What_is_wrong_is_named(string number, string body, string field)
    {
        await using var communications = await Communications.StartAsync(postgres);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await communications.Api.PutAsync($"/v1/phone-numbers/{number}", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(field, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_label_names_its_json_field()
    {
        await using var communications = await Communications.StartAsync(postgres);

        var response = await communications.Api.PutAsJsonAsync(
            "/v1/phone-numbers/6045550101",
            new { label = new string('x', 101), answer = new { kind = "say", text = new string('x', 4001) } }
        );

        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.True(errors.TryGetProperty("label", out _), errors.ToString());
        Assert.True(errors.TryGetProperty("answer.text", out _), errors.ToString());
    }

    [Fact]
    public async Task The_settings_scope_is_needed()
    {
        await using var communications = await Communications.StartAsync(postgres);
        using var reader = communications.Factory.CreateClient(communications.WorkspaceId, Scopes.ConversationsRead);

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync("/v1/phone-numbers")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PutAsJsonAsync("/v1/phone-numbers/6045550101", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await communications.Anonymous.GetAsync("/v1/phone-numbers")).StatusCode);
    }
}
