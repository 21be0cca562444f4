using System.Text.Json.Nodes;
using Messages;
using Messages.Contacts;
using Testing;

namespace SearchIndexer.Tests.Contacts;

public sealed class SearchContactsTests(PostgresFixture postgres) : SearchTests(postgres)
{
    [Theory]
    [InlineData("+16045551234")]
    [InlineData("16045551234")]
    [InlineData("(604) 555-1234")]
    [InlineData("604.555.1234")]
    [InlineData("+1 604 555 1234")]
    [InlineData("0016045551234")]
    [InlineData("6045551234")]
    [InlineData("+1604")]
    [InlineData("604")]
    [InlineData("1604555")]
    [InlineData("5551234")]
    [InlineData("555-1234")]
    [InlineData("234")]
    [InlineData("+")]
    [InlineData("٦٠٤٥٥٥١٢٣٤")]
    public async Task A_phone_is_found_whole_by_its_beginning_and_by_its_end(string q)
    {
        await IndexAsync(Card("Jane Doe", ["+16045551234"]));

        Assert.Equal(["Jane Doe"], await FindAsync(q));
    }

    [Theory]
    [InlineData("34")]
    [InlineData("+1605")]
    [InlineData("6045551235")]
    [InlineData("9876")]
    public async Task Other_digits_do_not_find_it(string q)
    {
        await IndexAsync(Card("Jane Doe", ["+16045551234"]));

        Assert.Empty(await FindAsync(q));
    }

    [Theory]
    [InlineData("020 7946 0018")]
    [InlineData("+44 (0)20 7946 0018")]
    [InlineData("0044 20 79460018")]
    [InlineData("0207946")]
    public async Task A_national_zero_does_not_hide_a_number(string q)
    {
        await IndexAsync(Card("Ada King", ["+442079460018"]));

        Assert.Equal(["Ada King"], await FindAsync(q));
    }

    [Fact]
    public async Task A_second_phone_and_a_short_code_are_found_too()
    {
        await IndexAsync(Card("Two Phones", ["+16045551234", "+4915112345678"]), Card("Short", ["72345"]));

        Assert.Equal(["Two Phones"], await FindAsync("15112345678"));
        Assert.Equal(["Short"], await FindAsync("7234"));
    }

    [Theory]
    [InlineData("jose")]
    [InlineData("JOSÉ")]
    [InlineData("garcía jos")]
    [InlineData("gar jo acme")]
    [InlineData("acme")]
    [InlineData("jg@acme.example")]
    [InlineData("example acme")]
    [InlineData("morning")]
    [InlineData("  josé,  garcía! ")]
    public async Task Words_are_found_by_their_beginnings_in_any_order_without_accents(string q)
    {
        await IndexAsync(Card("José García", ["+34600111222"], ["jg@acme.example"], "Acme, S.L.", "Prefers morning appointments"));

        Assert.Equal(["José García"], await FindAsync(q));
    }

    [Theory]
    [InlineData("Ødegård Straße", "odegard strasse")]
    [InlineData("Łukasz Żółć", "lukasz zolc")]
    [InlineData("O'Brien", "obrien")]
    [InlineData("O’Brien", "o'brien")]
    [InlineData("O'Brien", "brien")]
    [InlineData("Jean-Luc", "luc jean")]
    [InlineData("Nguyễn Thị", "nguyen thi")]
    [InlineData("ＦＵＬＬ Ｗｉｄｔｈ", "full width")]
    [InlineData("Дмитрий", "дмитрии")]
    [InlineData("Studio 54", "54 studio")]
    [InlineData("100% Juice", "100")]
    public async Task Names_are_found_as_people_type_them(string name, string q)
    {
        await IndexAsync(Card(name));

        Assert.Equal([name], await FindAsync(q));
    }

    [Fact]
    public async Task All_words_must_be_found()
    {
        await IndexAsync(Card("Jane Doe", ["+16045551234"]), Card("John Doe", ["+16045559999"]));

        Assert.Equal(["Jane Doe"], await FindAsync("doe 604 555 1234"));
        Assert.Empty(await FindAsync("jane smith"));
        Assert.Empty(await FindAsync("ane"));
    }

    [Theory]
    [InlineData("'")]
    [InlineData("a'b\\c")]
    [InlineData("' | 'x':*")]
    [InlineData("!jane & :*")]
    [InlineData("\0jane")]
    [InlineData("(((((")]
    [InlineData("%_")]
    [InlineData("<img src=x onerror=alert(1)>")]
    public async Task Nothing_typed_breaks_the_query(string q)
    {
        await IndexAsync(Card("Jane Doe"));

        await FindAsync(q);
    }

    [Fact]
    public async Task Very_long_words_and_notes_are_found_by_what_counts()
    {
        var word = new string('x', 3_000);
        await IndexAsync(Card("Long", notes: string.Join(' ', Enumerable.Range(0, 20_000).Select(i => $"n{i}")) + " " + word), Card(word));

        Assert.Equal(["Long"], await FindAsync("n77"));
        Assert.Equal([word], await FindAsync(word[..400]));
    }

    [Fact]
    public async Task An_empty_search_lists_everybody_newest_contact_first()
    {
        var (first, second, never) = (Card("First"), Card("Second"), Card("Never", created: Noon.AddMinutes(1)));
        await IndexAsync(first, second, never);
        await TouchAsync(first.Id, Noon.AddHours(2));
        await TouchAsync(second.Id, Noon.AddHours(1));

        Assert.Equal(["First", "Second", "Never"], await FindAsync(""));
    }

    [Fact]
    public async Task Pages_cover_everybody_once_also_where_times_are_equal()
    {
        await IndexAsync([.. Enumerable.Range(0, 25).Select(i => Card($"Person {i}", created: Noon.AddSeconds(i / 10)))]);

        foreach (var q in (string[])["", "&q=person"])
        {
            var seen = new List<string>();
            var cursor = "";
            do
            {
                var page = await SearchAsync($"?limit=4{q}{cursor}");
                seen.AddRange(page["data"]!.AsArray().Select(row => (string)row!["name"]!));
                cursor = (string?)page["next_cursor"] is { } next ? $"&cursor={next}" : "";
            } while (cursor.Length > 0);
            Assert.Equal(25, seen.Count);
            Assert.Equal(25, seen.Distinct().Count());
        }
    }

    [Fact]
    public async Task A_row_is_the_whole_contact()
    {
        var card = Card("Jane Doe", ["+16045551234", "+16045550000"], ["jane@example.com"], "Acme", "VIP") with
        {
            FirstName = "Jane",
            LastName = "Doe",
            Tags = ["VIP", "Lead"],
            Version = 3,
            Source = ActorKind.Agent,
        };
        await IndexAsync(card);
        await TouchAsync(card.Id, Noon.AddMinutes(5), calls: 1, messages: 2, chats: 3);

        var row = (await SearchAsync("?q=jane"))["data"]![0]!;

        var expected = JsonNode.Parse(
            $$"""
            {
              "id": "{{card.Id}}", "phone": "+16045551234", "phones": ["+16045551234", "+16045550000"], "name": "Jane Doe", "first_name": "Jane", "last_name": "Doe",
              "email": "jane@example.com", "emails": ["jane@example.com"], "company": "Acme", "notes": "VIP", "tags": ["VIP", "Lead"],
              "created_at": "2026-03-01T12:00:00+00:00", "updated_at": "2026-03-01T12:00:00+00:00", "last_contact_at": "2026-03-01T12:05:00+00:00",
              "call_count": 1, "message_count": 2, "chat_count": 3, "source": "agent", "version": 3
            }
            """
        );
        Assert.True(JsonNode.DeepEquals(expected, row), row.ToJsonString());
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=201", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?cursor=x", "cursor")]
    public async Task Bad_input_is_refused_with_the_name_of_the_parameter(string query, string parameter)
    {
        using var client = Service.CreateClient(Workspace);

        var response = await client.GetAsync("/v1/contacts/search" + query);

        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("urn:contacts:problem:validation", (string?)problem["type"]);
        Assert.Contains(parameter, problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_500_characters_are_refused()
    {
        using var client = Service.CreateClient(Workspace);

        Assert.Equal(400, (int)(await client.GetAsync("/v1/contacts/search?q=" + new string('a', 501))).StatusCode);
        Assert.Equal(200, (int)(await client.GetAsync("/v1/contacts/search?q=" + new string('a', 500))).StatusCode);
    }

    [Fact]
    public async Task It_takes_the_scope_contacts_read()
    {
        using var stranger = Service.CreateClient();
        using var other = Service.CreateClient(Workspace, "conversations:read");

        Assert.Equal(401, (int)(await stranger.GetAsync("/v1/contacts/search")).StatusCode);
        Assert.Equal(403, (int)(await other.GetAsync("/v1/contacts/search")).StatusCode);
    }
}
