using System.Net;
using System.Text.Json.Nodes;
using Contacts.Tests.Avatars;
using Contacts.Tests.Captures;
using Dapper;
using Messages.Contacts;
using Npgsql;

namespace Contacts.Tests;

/// <summary>
/// A valid token of one workspace, the ids of another, on every operation of the committed OpenAPI document: a new one that is not attacked here fails the test. Nothing of the
/// victim's is told, nothing of it is touched: all its rows are the same afterwards.
/// </summary>
public sealed class AttackTests(ContactsService service) : ContactsTests(service)
{
    private static readonly JsonNode Document = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "contacts.json")))!;

    /// <summary>What only the victim's own data holds.</summary>
    private static readonly string[] Secrets =
    [
        "Victoria",
        "Secretive",
        "victoria@example.com",
        "6045551234",
        "6045559999",
        "Whispered",
        "hubspot:777",
        "Undisclosed",
    ];

    /// <summary>A body for each operation that takes one; {name} stands for the victim's id of that name.</summary>
    private static readonly Dictionary<string, string> Bodies = new()
    {
        ["POST /v1/contacts"] = """{"phone":"+16045557771","name":"Attacker"}""",
        ["POST /v1/contacts/batch"] = """{"contacts":[{"phone":"+16045557773"}]}""",
        ["POST /v1/contacts/lookup"] = """{"phones":["604 555 1234"]}""",
        ["PATCH /v1/contacts/{id}"] = """{"name":"Attacker"}""",
        ["POST /v1/contacts/{id}/identities"] = """{"kind":"phone","value":"+16045557777","move_from":"{contact}"}""",
        ["PATCH /v1/contacts/{id}/identities/{kind}/{value}"] = """{"is_shared":true}""",
        ["POST /v1/contacts/{id}/captures"] = """{"details":[{"field":"company","value":"Attacker"}]}""",
        ["PATCH /v1/suggestions/{id}"] = """{"status":"accepted"}""",
        ["POST /v1/suggestions/decisions"] = """{"ids":["{suggestion}"],"status":"accepted"}""",
        ["POST /v1/merges"] = """{"survivor_id":"{contact}","absorbed_id":"{other}"}""",
        ["PATCH /v1/duplicates/{id}"] = """{"status":"dismissed"}""",
        ["POST /v1/duplicates/dismissals"] = """{"ids":["{duplicate}"]}""",
        ["POST /v1/duplicates/merges"] = """{"ids":["{duplicate}"]}""",
        ["POST /v1/tags"] = """{"name":"Attack"}""",
        ["PATCH /v1/tags/{id}"] = """{"name":"Attacked"}""",
        ["POST /v1/tags/{id}/merge"] = """{"into_tag_id":"{tag}"}""",
        ["POST /v1/custom-fields"] = """{"label":"Attack","type":"text"}""",
        ["PATCH /v1/custom-fields/{id}"] = """{"label":"Attacked","renamed_choices":{"Undisclosed":"Told"}}""",
        ["POST /functions/v1/create-contact"] = """{"phone":"+16045557772","name":"Attacker"}""",
        ["POST /functions/v1/update-contact"] = """{"contact_id":"{contact}","name":"Attacker"}""",
    };

    /// <summary>Operations that name the victim's things in their body or not at all, and so have an answer of their own.</summary>
    private static readonly Dictionary<string, HttpStatusCode> Answered = new()
    {
        ["POST /functions/v1/update-contact"] = HttpStatusCode.NotFound,
        // Into itself: the form of the request is looked at first.
        ["POST /v1/tags/{id}/merge"] = HttpStatusCode.BadRequest,
        ["POST /v1/merges"] = HttpStatusCode.NotFound,
    };

    [Fact]
    public async Task No_operation_tells_or_touches_anything_of_another_workspace()
    {
        var ids = await BuildVictimAsync();
        var before = await RowsAsync();
        using var attacker = CreateClient(Guid.CreateVersion7());
        var attacked = 0;

        foreach (var (path, method) in Operations())
        {
            var operation = $"{method} {path}";
            using var request = new HttpRequestMessage(new HttpMethod(method), Fill(path, ids));
            var hasBody = Document["paths"]![path]![method.ToLowerInvariant()]!["requestBody"] is not null;
            if (operation == "PUT /v1/contacts/{id}/avatar")
            {
                request.Content = new ByteArrayContent(TestPictures.Png(color: TestPictures.Blue));
            }
            else if (hasBody)
            {
                Assert.True(Bodies.ContainsKey(operation), $"{operation} is not attacked: give it a body.");
                request.Content = Answers.Json(Named(Bodies[operation], ids));
            }

            using var answer = await attacker.SendAsync(request);

            var text = await answer.Content.ReadAsStringAsync();
            var said = $"{operation}: {(int)answer.StatusCode} {text}";
            Assert.True((int)answer.StatusCode < 500, said);
            Assert.DoesNotContain(Secrets, secret => text.Contains(secret, StringComparison.Ordinal));
            if (Answered.TryGetValue(operation, out var expected) || path.Contains('{', StringComparison.Ordinal))
            {
                Assert.True(answer.StatusCode == (expected == 0 ? HttpStatusCode.NotFound : expected), said);
            }
            attacked++;
        }

        Assert.True(attacked >= 14, "The document has too few operations: the test attacks nothing.");
        Assert.Equal(before, await RowsAsync());
    }

    /// <summary>Something of everything that a workspace can have.</summary>
    private async Task<Dictionary<string, string>> BuildVictimAsync()
    {
        var field = await (
            await Client.PostAsync("/v1/custom-fields", Answers.Json("""{"label":"Plan","type":"choice","choices":["Undisclosed"]}"""))
        ).JsonAsync(HttpStatusCode.Created);
        var contact = await CreateAsync(
            """{"phones":["+16045551234","+16045559999"],"email":"victoria@example.com","external_ids":["hubspot:777"],"name":"Victoria","notes":"Whispered","tags":["Secretive"],"custom_fields":{"plan":"Undisclosed"}}"""
        );
        await PatchAsync(contact, """{"company":"Secretive Ltd"}""");
        await DeliverAsync(Interaction("+16045551234"));
        await DeliverAsync(Said.By(Workspace, "+16045551234", Said.Noon, Guid.CreateVersion7(), ("company", "Secretive Suggestion")));
        var suggestions = (await (await Client.GetAsync("/v1/suggestions")).JsonAsync())["data"]!.AsArray();
        var picture = await (await Client.PutAsync($"/v1/contacts/{contact["id"]}/avatar", new ByteArrayContent(TestPictures.Png()))).JsonAsync();
        var tags = (await (await Client.GetAsync("/v1/tags")).JsonAsync())["data"]!.AsArray();
        var other = await CreateAsync("""{"email":"victoria+second@example.com","name":"Victoria"}""");
        var third = await CreateAsync("""{"phone":"+16045558888"}""");
        await DeliverAsync([.. await SentAsync<ContactChanged>()]);
        var duplicates = (await (await Client.GetAsync("/v1/duplicates")).JsonAsync())["data"]!.AsArray();
        var merge = await Client.PostAsync("/v1/merges", Answers.Json($$"""{"survivor_id":"{{contact["id"]}}","absorbed_id":"{{third["id"]}}"}"""));
        return new()
        {
            ["contact"] = (string)contact["id"]!,
            ["other"] = (string)other["id"]!,
            ["tag"] = (string)tags.Single(tag => (string?)tag!["name"] == "Secretive")!["id"]!,
            ["duplicate"] = (string)Assert.Single(duplicates)!["id"]!,
            ["merge"] = (string)(await merge.JsonAsync(HttpStatusCode.Created))["id"]!,
            ["custom-field"] = (string)field["id"]!,
            ["suggestion"] = (string)Assert.Single(suggestions)!["id"]!,
            ["hash"] = ((string)picture["avatar_url"]!).Split('/')[^1],
        };
    }

    private static IEnumerable<(string Path, string Method)> Operations() =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key is "get" or "post" or "put" or "patch" or "delete"
        select (path.Key, operation.Key.ToUpperInvariant());

    private static string Fill(string path, Dictionary<string, string> ids)
    {
        var noun = path.Split('/')[2] switch
        {
            "tags" => "tag",
            "custom-fields" => "custom-field",
            "suggestions" => "suggestion",
            "merges" => "merge",
            "duplicates" => "duplicate",
            _ => "contact",
        };
        return path.Replace("{id}", ids[noun], StringComparison.Ordinal)
            .Replace("{hash}", ids["hash"], StringComparison.Ordinal)
            .Replace("{kind}", "phone", StringComparison.Ordinal)
            .Replace("{value}", "+16045551234", StringComparison.Ordinal)
            .Replace("{version}", "2", StringComparison.Ordinal);
    }

    private static string Named(string body, Dictionary<string, string> ids) =>
        ids.Aggregate(body, (filled, id) => filled.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    /// <summary>All rows of the victim's in all tables, as the database's owner sees them; what a reader leaves behind (keys of requests, ids of events) aside.</summary>
    private async Task<string> RowsAsync()
    {
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        var tables = await connection.QueryAsync<string>(
            "SELECT table_name::text FROM information_schema.columns WHERE column_name = 'workspace_id' AND table_schema = 'public' ORDER BY 1"
        );
        var rows = new List<string>();
        foreach (var table in tables)
        {
            rows.AddRange(
                (await connection.QueryAsync<string>($"SELECT '{table} ' || t::text FROM {table} t WHERE workspace_id = @Workspace", new { Workspace })).Order(
                    StringComparer.Ordinal
                )
            );
        }
        Assert.True(rows.Count > 10);
        return string.Join('\n', rows);
    }
}
