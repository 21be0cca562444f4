using System.Net;
using Messages.Contacts;
using ServiceDefaults.Authentication;

namespace Contacts.Tests;

/// <summary>An attack: a valid token of one workspace, the ids of another.</summary>
public sealed class IsolationTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Another_workspaces_ids_are_not_found_on_any_route_and_nothing_is_touched()
    {
        var field = await (await Client.PostAsync("/v1/custom-fields", Answers.Json("""{"label":"Plan","type":"text"}"""))).JsonAsync(HttpStatusCode.Created);
        var contact = await CreateAsync("""{"phone":"+16045551234","email":"john@example.com","name":"John","tags":["VIP"],"custom_fields":{"plan":"Gold"}}""");
        var tags = await (await Client.GetAsync("/v1/tags")).JsonAsync();
        var tag = tags["data"]!.AsArray().Single(one => (string?)one!["name"] == "VIP")!;
        using var attacker = CreateClient(Guid.CreateVersion7());

        await (await attacker.GetAsync($"/v1/contacts/{contact["id"]}")).ProblemAsync(404, "not-found");
        await (await attacker.PatchAsync($"/v1/contacts/{contact["id"]}", Answers.Json("""{"name":"X"}"""))).ProblemAsync(404, "not-found");
        await (await attacker.DeleteAsync($"/v1/contacts/{contact["id"]}")).ProblemAsync(404, "not-found");
        await (await attacker.PostAsync("/functions/v1/update-contact", Answers.Json($$"""{"contact_id":"{{contact["id"]}}","name":"X"}"""))).ProblemAsync(
            404,
            "not-found"
        );
        await (await attacker.PatchAsync($"/v1/tags/{tag["id"]}", Answers.Json("""{"name":"X"}"""))).ProblemAsync(404, "not-found");
        await (await attacker.DeleteAsync($"/v1/tags/{tag["id"]}")).ProblemAsync(404, "not-found");
        await (await attacker.PostAsync($"/v1/tags/{tag["id"]}/merge", Answers.Json($$"""{"into_tag_id":"{{tags["data"]![0]!["id"]}}"}"""))).ProblemAsync(
            404,
            "not-found"
        );
        await (await attacker.PatchAsync($"/v1/custom-fields/{field["id"]}", Answers.Json("""{"label":"X"}"""))).ProblemAsync(404, "not-found");
        await (await attacker.DeleteAsync($"/v1/custom-fields/{field["id"]}")).ProblemAsync(404, "not-found");
        Assert.Empty((await (await attacker.GetAsync("/v1/custom-fields")).JsonAsync())["data"]!.AsArray());
        await (await attacker.GetAsync("/v1/contacts?custom_field=plan&value=Gold")).ProblemAsync(400, "unknown-custom-field");
        await (await attacker.PostAsync("/v1/custom-fields", Answers.Json("""{"label":"Plan","type":"text"}"""))).JsonAsync(HttpStatusCode.Created);
        Assert.Empty((await (await attacker.GetAsync("/v1/contacts?custom_field=plan&value=Gold")).JsonAsync())["data"]!.AsArray());
        foreach (
            var list in new[]
            {
                "/v1/contacts",
                "/v1/contacts?phone=6045551234",
                "/v1/contacts?email=john@example.com",
                "/v1/contacts?tag=VIP",
                "/v1/contacts?updated_since=2020-01-01T00:00:00Z",
            }
        )
        {
            Assert.Empty((await (await attacker.GetAsync(list)).JsonAsync())["data"]!.AsArray());
        }
        Assert.Empty((await (await attacker.GetAsync("/functions/v1/list-contacts?search=john")).JsonAsync())["contacts"]!.AsArray());
        Assert.Equal(HttpStatusCode.Created, (await attacker.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).StatusCode);

        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
        Assert.Equal(tags.ToJsonString(), (await (await Client.GetAsync("/v1/tags")).JsonAsync()).ToJsonString());
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Theory]
    [InlineData("GET", "/v1/contacts", Scopes.ContactsRead)]
    [InlineData("POST", "/v1/contacts", Scopes.ContactsWrite)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000", Scopes.ContactsRead)]
    [InlineData("PATCH", "/v1/contacts/01890000-0000-7000-8000-000000000000", Scopes.ContactsWrite)]
    [InlineData("DELETE", "/v1/contacts/01890000-0000-7000-8000-000000000000", Scopes.ContactsWrite)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000/history", Scopes.ContactsRead)]
    [InlineData("POST", "/v1/contacts/01890000-0000-7000-8000-000000000000/history/2/reversal", Scopes.ContactsWrite)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000/provenance", Scopes.ContactsRead)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000/notes/revisions", Scopes.ContactsRead)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000/suggestions", Scopes.ContactsRead)]
    [InlineData("POST", "/v1/contacts/01890000-0000-7000-8000-000000000000/captures", Scopes.ContactsWrite)]
    [InlineData("GET", "/v1/suggestions", Scopes.ContactsRead)]
    [InlineData("PATCH", "/v1/suggestions/01890000-0000-7000-8000-000000000000", Scopes.ContactsWrite)]
    [InlineData("POST", "/v1/suggestions/decisions", Scopes.ContactsWrite)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000/avatar", Scopes.ContactsRead)]
    [InlineData("GET", "/v1/contacts/01890000-0000-7000-8000-000000000000/avatar/00000000000000000000000000000000", Scopes.ContactsRead)]
    [InlineData("PUT", "/v1/contacts/01890000-0000-7000-8000-000000000000/avatar", Scopes.ContactsWrite)]
    [InlineData("DELETE", "/v1/contacts/01890000-0000-7000-8000-000000000000/avatar", Scopes.ContactsWrite)]
    [InlineData("GET", "/v1/tags", Scopes.ContactsRead)]
    [InlineData("POST", "/v1/tags", Scopes.Settings)]
    [InlineData("PATCH", "/v1/tags/01890000-0000-7000-8000-000000000000", Scopes.Settings)]
    [InlineData("DELETE", "/v1/tags/01890000-0000-7000-8000-000000000000", Scopes.Settings)]
    [InlineData("POST", "/v1/tags/01890000-0000-7000-8000-000000000000/merge", Scopes.Settings)]
    [InlineData("GET", "/v1/custom-fields", Scopes.ContactsRead)]
    [InlineData("POST", "/v1/custom-fields", Scopes.Settings)]
    [InlineData("PATCH", "/v1/custom-fields/01890000-0000-7000-8000-000000000000", Scopes.Settings)]
    [InlineData("DELETE", "/v1/custom-fields/01890000-0000-7000-8000-000000000000", Scopes.Settings)]
    [InlineData("GET", "/functions/v1/list-contacts", Scopes.ContactsRead)]
    [InlineData("POST", "/functions/v1/create-contact", Scopes.ContactsWrite)]
    [InlineData("POST", "/functions/v1/update-contact", Scopes.ContactsWrite)]
    public async Task Each_route_asks_for_its_scope(string method, string path, string scope)
    {
        using var without = CreateClient([.. Scopes.All.Where(one => one != scope)]);
        using var with = CreateClient(scope);

        await (await SendAsync(without, method, path)).ProblemAsync(403, "forbidden");
        Assert.NotEqual(HttpStatusCode.Forbidden, (await SendAsync(with, method, path)).StatusCode);
        Client.DefaultRequestHeaders.Authorization = null;
        await (await SendAsync(Client, method, path)).ProblemAsync(401, "unauthenticated");
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : Answers.Json("{}") };
        return await client.SendAsync(request);
    }
}
