using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>One person from the first entry to being forgotten, through the gateway, every answer held against the OpenAPI document.</summary>
public sealed class LifeOfAContactTests(RunningSystem system)
{
    private HttpClient _api = null!;

    [Fact]
    public async Task From_the_first_entry_to_being_forgotten()
    {
        _api = await DocumentedApi.ConnectAsync(system);
        var (phone, otherPhone) = (PhoneNetwork.NewPerson(), PhoneNetwork.NewPerson());
        var mailbox = $"vera.{Guid.CreateVersion7():N}"[..20];

        // Entered by hand.
        var vera = await CreateAsync(
            new
            {
                phone,
                name = "Vera Stone",
                email = $"{mailbox}@gmail.com",
            }
        );
        Assert.Equal("Stone", (string?)vera["last_name"]);

        // Enriched by what she says: an empty field is filled, what somebody entered is not overwritten.
        var captured = await PostAsync(
            $"/v1/contacts/{Id(vera)}/captures",
            new
            {
                details = new object[]
                {
                    new
                    {
                        field = "company",
                        value = "Stone & Sons",
                        quote = "I'm calling from Stone and Sons",
                        confidence = 0.9,
                    },
                    new
                    {
                        field = "name",
                        value = "Vera Rock",
                        quote = "this is Vera Rock",
                        confidence = 0.8,
                    },
                },
            }
        );
        Assert.Equal("Stone & Sons", (string?)captured["contact"]!["company"]);
        Assert.Equal("Vera Stone", (string?)captured["contact"]!["name"]);
        var suggestion = Assert.Single(await ListAsync($"/v1/contacts/{Id(vera)}/suggestions"));
        Assert.Equal("Vera Rock", (string?)suggestion!["value"]);
        await SendAsync(HttpMethod.Patch, $"/v1/suggestions/{suggestion["id"]}", new { status = "accepted" });
        Assert.Equal("Vera Rock", (string?)(await GetAsync(vera))["name"]);
        var provenance = await ListAsync($"/v1/contacts/{Id(vera)}/provenance");
        Assert.Equal("agent", (string?)provenance.Single(field => (string?)field!["field"] == "company")!["source"]);
        Assert.Equal("api", (string?)provenance.Single(field => (string?)field!["field"] == "phone" || (string?)field["field"] == "identities")!["source"]);

        // Custom fields.
        var key = $"plan_{Guid.CreateVersion7():N}"[..16];
        await PostAsync(
            "/v1/custom-fields",
            new
            {
                label = $"Plan {key}",
                key,
                type = "choice",
                choices = new[] { "Basic", "Gold" },
            },
            HttpStatusCode.Created
        );
        var gold = await SendAsync(HttpMethod.Patch, $"/v1/contacts/{Id(vera)}", new { custom_fields = new Dictionary<string, string> { [key] = "gold" } });
        Assert.Equal("Gold", (string?)gold["custom_fields"]![key]);
        await ProblemAsync(
            HttpMethod.Patch,
            $"/v1/contacts/{Id(vera)}",
            new { custom_fields = new Dictionary<string, int> { [key] = 5 } },
            400,
            "invalid-custom-field"
        );

        // The same mailbox written in another way makes a pair of duplicates.
        var twin = await CreateAsync(
            new
            {
                phone = otherPhone,
                name = "V. Rock",
                email = $"{mailbox.Replace(".", "", StringComparison.Ordinal)}+news@googlemail.com",
                notes = "Prefers mornings",
            }
        );
        var pair = (
            await Api.EventuallyAsync(async () => await ListAsync($"/v1/contacts/{Id(vera)}/duplicates"), pairs => pairs.Count == 1, TimeSpan.FromSeconds(20))
        )[0]!;
        Assert.InRange((double)pair["score"]!, 0.6, 1);

        // Reviewed, merged; the absorbed id and its number lead to the survivor.
        var preview = await GetJsonAsync($"/v1/merges/preview?survivor_id={Id(vera)}&absorbed_id={Id(twin)}");
        Assert.Equal("Prefers mornings", (string?)preview["result"]!["notes"]);
        var merge = await PostAsync(
            "/v1/merges",
            new
            {
                survivor_id = Id(vera),
                absorbed_id = Id(twin),
                survivor_version = (long)preview["survivor"]!["version"]!,
            },
            HttpStatusCode.Created
        );
        Assert.Equal("Vera Rock", (string?)merge["contact"]!["name"]);
        using (var moved = await _api.GetAsync($"/v1/contacts/{Id(twin)}"))
        {
            Assert.Equal(HttpStatusCode.PermanentRedirect, moved.StatusCode);
            Assert.Equal($"/v1/contacts/{Id(vera)}", moved.Headers.Location!.ToString());
            Assert.Equal(Id(vera), (string?)JsonNode.Parse(await moved.Content.ReadAsStringAsync())!["contact_id"]);
        }
        await system.Phones.TextAsync(otherPhone, "Hello from my other phone");
        await Api.EventuallyAsync(async () => (int)(await GetAsync(vera))["message_count"]!, count => count == 1);
        await Api.EventuallyAsync(async () => (await ListAsync($"/v1/contacts/{Id(vera)}/timeline")).Count, count => count == 1);

        // Undone: both are there, what was said since stays with the survivor.
        await SendAsync(HttpMethod.Delete, $"/v1/merges/{merge["id"]}", null);
        Assert.Equal("V. Rock", (string?)(await GetAsync(twin))["name"]);
        var apart = await GetAsync(vera);
        Assert.Null((string?)apart["notes"]);
        Assert.Equal(1, (int)apart["message_count"]!);

        // What happened to her can be read.
        var history = await ListAsync($"/v1/contacts/{Id(vera)}/history");
        Assert.Equal(["merge_undone", "merged", "updated", "suggestion_accepted", "captured", "created"], history.Select(change => (string)change!["kind"]!));

        // A deleted contact's conversations stay; the number, when it is heard of again, is somebody new.
        await system.Phones.TextAsync(otherPhone, "Me again");
        await Api.EventuallyAsync(async () => (int)(await GetAsync(twin))["message_count"]!, count => count == 1);
        await SendAsync(HttpMethod.Delete, $"/v1/contacts/{Id(twin)}", null, HttpStatusCode.NoContent);
        await ProblemAsync(HttpMethod.Get, $"/v1/contacts/{Id(twin)}", null, 404, "not-found");
        var conversations = await Api.EventuallyAsync(
            async () => await ListAsync($"/v1/conversations?phone={Uri.EscapeDataString(otherPhone)}"),
            found => found.Count > 0
        );
        Assert.NotEmpty(conversations);

        // Forgotten: neither an import nor anybody else makes her again, until she gets in touch herself.
        await PostAsync("/v1/erasures", new { contact_id = Id(vera) }, HttpStatusCode.Created);
        await ProblemAsync(HttpMethod.Get, $"/v1/contacts/{Id(vera)}", null, 404, "not-found");
        var imported = await PostAsync("/v1/contacts/batch", new { source = "import", contacts = new[] { new { phone, name = "Vera" } } });
        Assert.Equal(1, (int)imported["failed"]!);
        Assert.EndsWith(":erased", (string?)imported["results"]![0]!["problem"]!["type"], StringComparison.Ordinal);
        await system.Phones.TextAsync(phone, "It's me, I changed my mind");
        var anew = (await Api.EventuallyAsync(() => system.Api.ContactsAsync(phone), found => found.Count == 1))[0]!;
        Assert.NotEqual(Id(vera), Id(anew));
        Assert.Null((string?)anew["name"]);
    }

    private static string Id(JsonNode thing) => (string)thing["id"]!;

    private Task<JsonNode> CreateAsync(object contact) => PostAsync("/v1/contacts", contact, HttpStatusCode.Created);

    private Task<JsonNode> GetAsync(JsonNode contact) => GetJsonAsync($"/v1/contacts/{Id(contact)}");

    private Task<JsonNode> GetJsonAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    private async Task<JsonArray> ListAsync(string path) => (await GetJsonAsync(path))["data"]!.AsArray();

    private Task<JsonNode> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK) => SendAsync(HttpMethod.Post, path, body, expected);

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _api.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{method} {path}: {((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture)} {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private async Task ProblemAsync(HttpMethod method, string path, object? body, int status, string slug)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _api.SendAsync(request);
        Assert.Equal(slug, await answer.ProblemAsync(status));
    }
}
