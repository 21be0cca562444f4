using System.Net;
using System.Text.Json.Nodes;
using Contacts.Tests.Captures;
using Dapper;
using Npgsql;
using Testing;

namespace Contacts.Tests.Erasures;

/// <summary>Looks for a person in every text of every table of this service's database, whatever tables there are.</summary>
public sealed class NothingIsLeftTests(ContactsService service) : ContactsTests(service)
{
    private static readonly string[] Traces = ["6045551234", "4321555406", "zebulon", "Quagmire", "zq@example.com"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_contact_is_gone_no_table_knows_the_person(bool isErased)
    {
        await SpeakAsync();
        var contact = await MakeAsync();
        Assert.NotEmpty(await FindTracesAsync());

        if (isErased)
        {
            await (await Client.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}"}"""))).JsonAsync(HttpStatusCode.Created);
        }
        else
        {
            Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync($"/v1/contacts/{contact["id"]}")).StatusCode);
        }
        await ForwardOutboxAsync();

        Assert.Empty(await FindTracesAsync());
    }

    [Fact]
    public async Task The_answer_kept_for_a_repetition_goes_and_the_repetition_does_nothing()
    {
        var contact = await MakeAsync();
        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        await (await PostOnceAsync()).ProblemAsync(410, "deleted-since");

        Assert.Empty(await ListAsync());
    }

    private async Task SpeakAsync()
    {
        await DeliverAsync(Interaction("+16045551234"));
        foreach (var contact in await ListAsync())
        {
            await Client.DeleteAsync($"/v1/contacts/{contact!["id"]}");
        }
    }

    private async Task<JsonNode> MakeAsync()
    {
        var contact = await (await PostOnceAsync()).JsonAsync(HttpStatusCode.Created);
        await PatchAsync(contact, """{"name":"Zebulon Quagmire","notes":"Zebulon likes mornings","email":"zq@example.com"}""");
        await PatchAsync(contact, """{"notes":"Quagmire called"}""");
        await DeliverAsync(Interaction("+16045551234"));
        await DeliverAsync(Said.By(Workspace, "+16045551234", Said.Noon, Guid.CreateVersion7(), ("company", "Quagmire Ltd"), ("name", "Zebulon Q")));
        return contact;
    }

    private async Task<HttpResponseMessage> PostOnceAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts")
        {
            Content = Answers.Json("""{"phone":"+16045551234","email":"zq@example.com","name":"Zebulon","tags":["VIP"]}"""),
        };
        request.Headers.Add("Idempotency-Key", "once");
        return await Client.SendAsync(request);
    }

    /// <summary>The relay's part: what was sent is deleted.</summary>
    private async Task ForwardOutboxAsync()
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.ExecuteAsync("DELETE FROM outbox WHERE event LIKE '%' || @workspace || '%'", new { workspace = Workspace.ToString() });
    }

    private async Task<IReadOnlyList<string>> FindTracesAsync()
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        return await connection.FindTracesAsync(Workspace, Traces);
    }
}
