using System.Net;
using Dapper;
using Messages.Contacts;
using Npgsql;

namespace Contacts.Tests.Cards;

public sealed class DeleteContactTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task It_is_gone_and_its_number_free()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","tags":["VIP"]}""");
        await DeliverAsync(Interaction("+16045551234"));

        var answer = await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await (await Client.GetAsync($"/v1/contacts/{contact["id"]}")).ProblemAsync(404, "not-found");
        await (await Client.DeleteAsync($"/v1/contacts/{contact["id"]}")).ProblemAsync(404, "not-found");
        var deleted = Assert.Single(await SentAsync<ContactDeleted>()).Data;
        Assert.Equal(new ContactDeleted((Guid)contact["id"]!, 2), deleted);
        await DeliverAsync(Interaction("+16045551234"));
        var again = Assert.Single(await ListAsync())!;
        Assert.NotEqual((string?)contact["id"], (string?)again["id"]);
        Assert.Equal(1, (int)again["message_count"]!);
    }

    [Fact]
    public async Task What_was_on_its_way_does_not_bring_it_back()
    {
        var before = TimeProvider.System.GetUtcNow();
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        await DeliverAsync(Interaction("+16045551234", at: before));

        Assert.Empty(await ListAsync());
        await CreateAsync("""{"phone":"+16045551234"}""");
    }

    [Fact]
    public async Task What_it_absorbed_goes_with_it()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var absorbed = await CreateAsync("""{"phone":"+16045551235"}""");
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.ExecuteAsync(
            "UPDATE contacts SET merged_into = @survivor WHERE id = @id",
            new { survivor = (Guid)contact["id"]!, id = (Guid)absorbed["id"]! }
        );

        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        await (await Client.GetAsync($"/v1/contacts/{absorbed["id"]}")).ProblemAsync(404, "not-found");
        Assert.Equal(
            new[] { new ContactDeleted((Guid)contact["id"]!, 2), new ContactDeleted((Guid)absorbed["id"]!, 3) }.ToHashSet(),
            (await SentAsync<ContactDeleted>()).Select(e => e.Data).ToHashSet()
        );
    }

    [Fact]
    public async Task An_older_version_is_refused()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await PatchAsync(contact, """{"name":"X"}""");
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/v1/contacts/{contact["id"]}");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        await (await Client.SendAsync(request)).ProblemAsync(412, "version-mismatch");

        Assert.Single(await ListAsync());
    }
}
