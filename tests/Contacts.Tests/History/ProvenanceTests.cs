namespace Contacts.Tests.History;

public sealed class ProvenanceTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Every_field_that_is_filled_says_where_it_comes_from()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","emails":["a@example.com","b@example.com"],"name":"John","tags":["VIP"]}""");
        using var person = CreateClient(Messages.ActorKind.Person, "anna");
        await person.PatchAsync($"/v1/contacts/{contact["id"]}", Answers.Json("""{"company":"Acme","emails":["a@example.com","c@example.com"]}"""));

        var data = (await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/provenance")).JsonAsync())["data"]!.AsArray();

        Assert.Equal(
            [("name", "api"), ("first_name", "api"), ("company", "person"), ("tags", "api"), ("email", "api"), ("email", "person"), ("phone", "api")],
            data.Select(one => ((string)one!["field"]!, (string)one["source"]!))
        );
        Assert.Equal(("c@example.com", "anna"), ((string?)data[5]!["value"], (string?)data[5]!["actor"]));
        Assert.Equal("""["VIP"]""", data[3]!["value"]!.ToJsonString());
    }
}
