using System.Text.Json.Nodes;
using Contacts.Exports;
using Dapper;
using Npgsql;

namespace Contacts.Tests.Exports;

public sealed class ExportContactTests(ContactsService service) : ContactsTests(service)
{
    /// <summary>They say nothing that another table does not say: the card shows tags, custom fields and activity.</summary>
    private static readonly string[] Derived = ["avatars", "contact_activity", "contact_field_values", "contact_tags", "erasures", "match_keys"];

    [Fact]
    public async Task It_holds_everything()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John","tags":["VIP"]}""");
        await DeliverAsync(Interaction("+16045551234"));
        await PatchAsync(contact, """{"company":"Acme","emails":["john@example.com"]}""");
        await PatchAsync(contact, """{"company":"Acme Corp"}""");

        var answer = await Client.GetAsync($"/v1/contacts/{contact["id"]}/export");
        var export = await answer.JsonAsync();

        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"contact-{contact["id"]}.json", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal((await GetAsync(contact)).ToJsonString(), export["contact"]!.ToJsonString());
        Assert.Equal("api", (string?)export["origin"]!["source"]);
        Assert.Equal(["email", "phone"], export["identities"]!.AsArray().Select(identity => (string?)identity!["kind"]));
        Assert.Equal("test-actor", (string?)export["identities"]![0]!["provenance"]!["actor"]);
        Assert.Equal("test-actor", (string?)export["provenance"]!["company"]!["actor"]);
        Assert.Equal([2, 3], export["history"]!.AsArray().Select(change => (int)change!["version"]!));
        Assert.Equal("Acme", (string?)export["history"]![1]!["fields"]![0]!["before"]);
        Assert.Empty(export["merged_contacts"]!.AsArray());
        Assert.Equal(
            typeof(ContactExport).GetProperties().Select(property => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name)),
            export.AsObject().Select(member => member.Key)
        );
    }

    [Fact]
    public async Task What_was_merged_into_it_is_in_it()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John"}""");
        var absorbed = await CreateAsync("""{"phone":"+16045551235","name":"Johnny","tags":["Lead"]}""");
        await PatchAsync(absorbed, """{"company":"Acme"}""");
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.ExecuteAsync(
            "UPDATE contacts SET merged_into = @survivor WHERE id = @id",
            new { survivor = (Guid)contact["id"]!, id = (Guid)absorbed["id"]! }
        );

        var export = await (await Client.GetAsync($"/v1/contacts/{contact["id"]}/export")).JsonAsync();

        var merged = Assert.Single(export["merged_contacts"]!.AsArray())!;
        Assert.Equal("Johnny", (string?)merged["name"]);
        Assert.Equal(["Lead"], merged["tags"].Texts());
        Assert.Equal("company", (string?)merged["history"]![0]!["fields"]![0]!["field"]);
        Assert.Null(merged["workspace_id"]);
        var moved = await Client.GetAsync($"/v1/contacts/{absorbed["id"]}/export");
        Assert.Equal($"/v1/contacts/{contact["id"]}/export", moved.RequestMessage!.RequestUri!.AbsolutePath);
    }

    /// <summary>A new table that knows something of a contact fails here until it is exported, or known to be said elsewhere.</summary>
    [Fact]
    public async Task No_table_is_forgotten()
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        var tables = await connection.QueryAsync<string>(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'contact_id' AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
            """
        );

        Assert.NotEmpty(tables);
        Assert.Equal(
            tables.Order(),
            ExportContact.Sections.Select(section => section.Table).Where(table => table is not ("contacts" or "merges")).Concat(Derived).Distinct().Order()
        );
    }
}
