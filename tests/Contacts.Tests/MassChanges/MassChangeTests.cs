using System.Net;
using System.Text.Json.Nodes;
using Messages;

namespace Contacts.Tests.MassChanges;

/// <summary>Many contacts that change by one request.</summary>
public sealed class MassChangeTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Each_contact_is_told_of_once_whatever_the_number_of_pages()
    {
        var contacts = await SeedAsync(1_234);

        await RenameAsync("Gold");

        var told = (await ToldAsync()).Select(e => e.Data).ToList();
        Assert.Equal(contacts, told.Count);
        Assert.Equal(contacts, told.Select(one => one.Contact.Id).Distinct().Count());
        Assert.All(told, one => Assert.Equal(2, one.Contact.Version));
        Assert.All(told, one => Assert.Equal(["Gold"], one.Contact.Tags));
        Assert.Equal(contacts, await QueryAsync<int>("SELECT count(*)::int FROM contact_changes WHERE workspace_id = @Workspace AND kind = 'tag_renamed'"));
    }

    [Fact]
    public async Task What_is_told_is_the_card_as_it_is_at_its_version()
    {
        await SeedAsync(40);
        var ids = (await ListAsync("?limit=40")).Select(contact => (Guid)contact!["id"]!).ToList();

        await Task.WhenAll([
            RenameAsync("Gold"),
            .. ids.Select(id => Client.PatchAsync($"/v1/contacts/{id}", Answers.Json($$"""{"company":"{{id}}"}"""))),
            RenameAsync("Silver"),
        ]);

        var told = (await ToldAsync()).ToLookup(e => e.Data.Contact.Id, e => e.Data.Contact);
        foreach (var contact in await ListAsync("?limit=40"))
        {
            var latest = told[(Guid)contact!["id"]!].MaxBy(card => card.Version)!;
            Assert.Equal((long)contact["version"]!, latest.Version);
            Assert.Equal(contact["tags"].Texts(), latest.Tags);
            Assert.Equal((string?)contact["company"], latest.Company);
            Assert.Equal(4, latest.Version);
        }
        Assert.Equal(120, await QueryAsync<int>("SELECT count(DISTINCT (contact_id, version))::int FROM contact_changes WHERE workspace_id = @Workspace"));
    }

    [Fact]
    public async Task The_history_of_a_contact_has_no_gap_whoever_writes_at_that_moment()
    {
        await SeedAsync(40);
        var ids = (await ListAsync("?limit=40")).Select(contact => (Guid)contact!["id"]!).ToList();

        await Task.WhenAll([
            .. ids.Take(20).Select(id => Client.PatchAsync($"/v1/contacts/{id}", Answers.Json("""{"tags":["VIP","Lead"]}"""))),
            RenameAsync("Gold"),
            .. ids.Skip(20).Select(id => Client.PatchAsync($"/v1/contacts/{id}", Answers.Json("""{"tags":["VIP","Lead"]}"""))),
        ]);

        Assert.Equal(
            0,
            await QueryAsync<int>(
                """
                SELECT count(*)::int
                FROM (
                    SELECT contact_id, version, fields -> 0 -> 'after' AS after,
                           lead(fields -> 0 -> 'before') OVER (PARTITION BY contact_id ORDER BY version) AS next
                    FROM contact_changes
                    WHERE workspace_id = @Workspace
                ) told
                WHERE after <> coalesce(
                    next,
                    (
                        SELECT coalesce(jsonb_agg(t.name ORDER BY t.key), '[]')
                        FROM contact_tags ct JOIN tags t ON t.workspace_id = ct.workspace_id AND t.id = ct.tag_id
                        WHERE ct.contact_id = told.contact_id
                    )
                )
                """
            )
        );
    }

    [Fact]
    public async Task A_contact_that_is_gone_by_then_is_not_told_of()
    {
        await SeedAsync(1);
        var id = (Guid)(await ListAsync()).Single()!["id"]!;
        await QueryAsync<int>(
            $"""
            INSERT INTO mass_change_pages (workspace_id, contact_ids, field, source, actor_id)
            VALUES (@Workspace, ARRAY['{Guid.CreateVersion7()}', '{id}']::uuid[], 'tags', 'person', 'somebody') RETURNING 1
            """
        );

        var told = Assert.Single(await ToldAsync());

        Assert.Equal(id, told.Data.Contact.Id);
        Assert.Equal(new Actor(ActorKind.Person, "somebody"), told.Actor);
    }

    [Fact]
    public async Task A_refused_change_touches_nobody()
    {
        await SeedAsync(3);

        await (await PatchTagAsync("Lead")).ProblemAsync(409, "tag-exists");

        Assert.Empty(await ToldAsync());
        Assert.All(await ListAsync(), contact => Assert.Equal(1, (int)contact!["version"]!));
    }

    private async Task RenameAsync(string name) => await (await PatchTagAsync(name)).JsonAsync(HttpStatusCode.OK);

    private async Task<HttpResponseMessage> PatchTagAsync(string name) =>
        await Client.PatchAsync($"/v1/tags/{await QueryAsync<Guid>(Vip)}", Answers.Json($$"""{"name":"{{name}}"}"""));

    private const string Vip = "SELECT tag_id FROM contact_tags WHERE workspace_id = @Workspace LIMIT 1";

    /// <summary>Contacts with the tag VIP.</summary>
    private async Task<int> SeedAsync(int count)
    {
        await Client.GetAsync("/v1/tags");
        return await QueryAsync<int>(
            $"""
            WITH made AS (
                INSERT INTO contacts (workspace_id, id, version, source, created_at, updated_at)
                SELECT @Workspace, gen_random_uuid(), 1, 'api', now(), now() FROM generate_series(1, {count}) RETURNING id
            ),
            tagged AS (
                INSERT INTO contact_tags (workspace_id, contact_id, tag_id)
                SELECT @Workspace, made.id, t.id FROM made, tags t WHERE t.workspace_id = @Workspace AND t.key = 'vip' RETURNING 1
            )
            SELECT count(*)::int FROM tagged
            """
        );
    }
}
