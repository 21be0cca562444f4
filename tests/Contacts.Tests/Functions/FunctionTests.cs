using System.Net;
using System.Text.Json.Nodes;

namespace Contacts.Tests.Functions;

/// <summary>The three calls of the product's page, as they stand there.</summary>
public sealed class FunctionTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task The_examples_of_the_page_work_as_written()
    {
        var created = await PostAsync("create-contact", """{ "phone": "+16045551234", "name": "John Smith", "email": "john@example.com" }""");
        var contact = (await created.JsonAsync(HttpStatusCode.Created))["contact"]!;
        var updated = await PostAsync("update-contact", $$"""{ "contact_id": "{{contact["id"]}}", "name": "John Smith Jr.", "tags": ["VIP", "Customer"] }""");
        var after = (await updated.JsonAsync())["contact"]!;
        var list = await (await Client.GetAsync("/functions/v1/list-contacts")).JsonAsync();

        Assert.Equal("John Smith Jr.", (string?)after["name"]);
        Assert.Equal(["Customer", "VIP"], after["tags"].Texts());
        Assert.Equal("\"2\"", updated.Headers.ETag?.ToString());
        Assert.Equal(after.ToJsonString(), Assert.Single(list["contacts"]!.AsArray())!.ToJsonString());
        Assert.Null(list["next_cursor"]);
    }

    [Fact]
    public async Task Phones_in_local_format_are_taken_in_both_calls()
    {
        var contact = (await (await PostAsync("create-contact", """{"phone":"(604) 555-1234"}""")).JsonAsync(HttpStatusCode.Created))["contact"]!;
        var after = (await (await PostAsync("update-contact", $$"""{"contact_id":"{{contact["id"]}}","phone":"604.555.9999"}""")).JsonAsync())["contact"]!;

        Assert.Equal("+16045551234", (string?)contact["phone"]);
        Assert.Equal("+16045559999", (string?)after["phone"]);
    }

    [Theory]
    [InlineData("create-contact", "{}", 400, "identity-required")]
    [InlineData("create-contact", """{"phone":"x"}""", 400, "invalid-phone")]
    [InlineData("create-contact", """{"phone":"+16045551234"}""", 409, "contact-exists")]
    [InlineData("update-contact", "{}", 400, "validation")]
    [InlineData("update-contact", """{"contact_id":"uuid-here","name":"X"}""", 400, "validation")]
    [InlineData("update-contact", """{"contact_id":"01890000-0000-7000-8000-000000000000","name":"X"}""", 404, "not-found")]
    public async Task What_is_not_right_is_refused(string function, string body, int status, string slug)
    {
        await CreateAsync("""{"phone":"+16045551234"}""");

        await (await PostAsync(function, body)).ProblemAsync(status, slug);
    }

    [Theory]
    [InlineData("john", 1)]
    [InlineData("JOHN SM", 1)]
    [InlineData("smith", 1)]
    [InlineData("john@exam", 1)]
    [InlineData("604555", 1)]
    [InlineData("604-555", 1)]
    [InlineData("%2B1604", 1)]
    [InlineData("551234", 1)]
    [InlineData("51-234", 1)]
    [InlineData("ohn", 0)]
    [InlineData("999999", 0)]
    [InlineData("%25%25", 0)]
    [InlineData("__", 0)]
    [InlineData("mü", 1)]
    public async Task Search_finds_beginnings_of_names_and_emails_and_ends_of_phones(string search, int expected)
    {
        await CreateAsync("""{"phone":"+16045551234","name":"John Smith","email":"john@example.com"}""");
        await CreateAsync("""{"phone":"+442079460958","name":"Eva MÜLLER"}""");

        var found = await (await Client.GetAsync("/functions/v1/list-contacts?search=" + search)).JsonAsync();

        Assert.Equal(expected, found["contacts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Pages_by_number_and_by_cursor_show_the_same()
    {
        for (var i = 0; i < 5; i++)
        {
            await CreateAsync($$"""{"phone":"+1604555000{{i}}","tags":["Lead"],"name":"Person {{i}}"}""");
        }

        var first = await (await Client.GetAsync("/functions/v1/list-contacts?limit=2&tag=lead&search=person")).JsonAsync();
        var byNumber = await (await Client.GetAsync("/functions/v1/list-contacts?limit=2&tag=lead&search=person&page=2")).JsonAsync();
        var byCursor = await (await Client.GetAsync($"/functions/v1/list-contacts?limit=2&tag=lead&search=person&cursor={first["next_cursor"]}")).JsonAsync();

        Assert.Equal(["+16045550004", "+16045550003"], Phones(first));
        Assert.Equal(["+16045550002", "+16045550001"], Phones(byNumber));
        Assert.Equal(byNumber.ToJsonString(), byCursor.ToJsonString());
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1000")]
    [InlineData("?page=0")]
    [InlineData("?page=9999&limit=200")]
    [InlineData("?search=x")]
    [InlineData("?cursor=x")]
    public async Task What_cannot_be_asked_is_refused(string query) =>
        await (await Client.GetAsync("/functions/v1/list-contacts" + query)).ProblemAsync(400, "validation");

    private Task<HttpResponseMessage> PostAsync(string function, string body) => Client.PostAsync("/functions/v1/" + function, Answers.Json(body));

    private static IEnumerable<string?> Phones(JsonNode list) => list["contacts"]!.AsArray().Select(contact => (string?)contact!["phone"]);
}
