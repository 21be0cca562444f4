using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace Contacts.Tests.Merges;

public sealed class UndoMergeTests(ContactsService service) : MergeTests(service)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private const string John = """{"phone":"+16045551234","name":"John Smith","email":"john@example.com","notes":"Mornings","tags":["VIP"]}""";
    private const string Johnny =
        """{"phone":"+16045559999","name":"Johnny","email":"j@example.com","company":"Acme","notes":"Likes tea","tags":["Lead","vip"]}""";

    [Fact]
    public async Task Both_are_as_they_were()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        await DeliverAsync(Interaction("+16045559999", Channel.Call, Noon));
        var before = (Essence(await GetAsync(john)), Essence(await GetAsync(johnny)));
        var (mergeId, _) = await MergeAsync(john, johnny, ""","choices":{"phone":"absorbed","name":"absorbed"}""");

        var (survivor, absorbed) = await UndoAsync(mergeId);

        Assert.Equal(before, (Essence(survivor), Essence(absorbed)));
        Assert.Equal(before, (Essence(await GetAsync(john)), Essence(await GetAsync(johnny))));
        Assert.Equal(2, (await ListAsync()).Count);
        Assert.Equal(new ContactMergeUndone(mergeId, (Guid)john["id"]!, (Guid)johnny["id"]!), Assert.Single(await SentAsync<ContactMergeUndone>()).Data);
        var cards = (await SentAsync<ContactChanged>()).Select(e => e.Data.Contact).TakeLast(2).ToDictionary(card => card.Id);
        Assert.Equal((3, 3), (cards[(Guid)john["id"]!].Version, cards[(Guid)johnny["id"]!].Version));
        var activities = (await SentAsync<ContactActivityChanged>()).Select(e => e.Data).TakeLast(2).ToDictionary(activity => activity.ContactId);
        Assert.Equal((2, 0, null), Counted(activities[(Guid)john["id"]!]));
        Assert.Equal((2, 1, Noon), Counted(activities[(Guid)johnny["id"]!]));
        Assert.NotNull((await (await Client.GetAsync($"/v1/merges/{mergeId}")).JsonAsync())["undone_at"]);
        await DeliverAsync(Interaction("+16045559999", Channel.Call, Noon));
        Assert.Equal(2, (int)(await GetAsync(johnny))["call_count"]!);
    }

    [Fact]
    public async Task What_happened_since_stays_with_the_survivor()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        await DeliverAsync(Interaction("+16045551234", Channel.Call, Noon), Interaction("+16045559999", Channel.Call, Noon.AddHours(1)));
        var (mergeId, _) = await MergeAsync(john, johnny);
        await DeliverAsync(Interaction("+16045559999", Channel.Call, Noon.AddHours(2)));
        await PatchAsync(john, """{"company":"Other","tags":["VIP","Lead","New"],"phones":["+16045551234","+16045559999","+16045557777"]}""");

        var (survivor, absorbed) = await UndoAsync(mergeId);

        Assert.Equal(("Other", "Acme"), ((string?)survivor["company"], (string?)absorbed["company"]));
        Assert.Equal("Mornings", (string?)survivor["notes"]);
        Assert.Equal(["New", "VIP"], survivor["tags"].Texts());
        Assert.Equal(["+16045551234", "+16045557777"], survivor["phones"].Texts());
        Assert.Equal(["+16045559999"], absorbed["phones"].Texts());
        Assert.Equal((2, 1), ((int)survivor["call_count"]!, (int)absorbed["call_count"]!));
        Assert.Equal(Noon.AddHours(2), (DateTimeOffset)survivor["last_contact_at"]!);
        Assert.Equal(Noon.AddHours(1), (DateTimeOffset)absorbed["last_contact_at"]!);
    }

    [Fact]
    public async Task A_tag_that_was_set_again_stays_and_one_that_was_renamed_goes()
    {
        var john = await CreateAsync(John);
        var (mergeId, merged) = await MergeAsync(john, await CreateAsync("""{"phone":"+16045559999","tags":["Lead","Passing"]}"""));
        await PatchAsync(merged, """{"tags":["VIP","Passing"]}""");
        await PatchAsync(merged, """{"tags":["VIP","Lead","Passing"]}""");
        var tags = (await (await Client.GetAsync("/v1/tags")).JsonAsync())["data"]!.AsArray();
        var passing = tags.Single(tag => (string)tag!["name"]! == "Passing")!;
        await (await Client.PatchAsync($"/v1/tags/{passing["id"]}", Answers.Json("""{"name":"Renamed"}"""))).JsonAsync();

        var (survivor, absorbed) = await UndoAsync(mergeId);

        Assert.Equal(["Lead", "VIP"], survivor["tags"].Texts());
        Assert.Equal(["Lead", "Renamed"], absorbed["tags"].Texts());
    }

    [Fact]
    public async Task A_restriction_that_came_since_stays_on_both_and_an_older_one_where_it_was()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        var (first, merged) = await MergeAsync(john, johnny);
        await PatchAsync(merged, """{"tags":["VIP","Lead","Do Not Call"]}""");

        var (survivor, absorbed) = await UndoAsync(first);
        Assert.Contains("Do Not Call", survivor["tags"].Texts());
        Assert.Contains("Do Not Call", absorbed["tags"].Texts());

        await PatchAsync(john, """{"tags":["VIP"]}""");
        var (second, both) = await MergeAsync(john, johnny);
        Assert.Contains("Do Not Call", both["tags"].Texts());
        await PatchAsync(john, """{"tags":["VIP"]}""");
        (survivor, absorbed) = await UndoAsync(second);
        Assert.Equal(["VIP"], survivor["tags"].Texts());
        Assert.Contains("Do Not Call", absorbed["tags"].Texts());
    }

    [Fact]
    public async Task An_identity_that_the_survivor_gave_up_does_not_come_back()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        var (mergeId, _) = await MergeAsync(john, johnny);
        await PatchAsync(john, """{"phones":["+16045551234"]}""");
        var other = await CreateAsync("""{"phone":"+16045559999"}""");

        var (_, absorbed) = await UndoAsync(mergeId);

        Assert.Empty(absorbed["phones"].Texts());
        Assert.Equal("j@example.com", (string?)absorbed["email"]);
        Assert.Equal("+16045559999", (string?)(await GetAsync(other))["phone"]);
    }

    [Fact]
    public async Task Chains_are_undone_from_their_end()
    {
        var first = await CreateAsync("""{"phone":"+16045550001","name":"First"}""");
        var second = await CreateAsync("""{"phone":"+16045550002"}""");
        var third = await CreateAsync("""{"phone":"+16045550003"}""");
        await DeliverAsync(Interaction("+16045550001"), Interaction("+16045550002"), Interaction("+16045550003"));
        var before = (Essence(await GetAsync(first)), Essence(await GetAsync(second)), Essence(await GetAsync(third)));
        var (inner, _) = await MergeAsync(second, first);
        var (outer, all) = await MergeAsync(third, second);
        Assert.Equal(3, (int)all["message_count"]!);

        var problem = await (await Client.DeleteAsync($"/v1/merges/{inner}")).ProblemAsync(409, "merge-chain");
        Assert.Equal(outer, (Guid)problem["merge_id"]!);
        await UndoAsync(outer);
        await UndoAsync(inner);

        Assert.Equal(before, (Essence(await GetAsync(first)), Essence(await GetAsync(second)), Essence(await GetAsync(third))));
    }

    [Fact]
    public async Task A_merge_is_undone_once_and_can_be_made_again()
    {
        var john = await CreateAsync(John);
        var johnny = await CreateAsync(Johnny);
        var (mergeId, _) = await MergeAsync(john, johnny);
        await UndoAsync(mergeId);

        await (await Client.DeleteAsync($"/v1/merges/{mergeId}")).ProblemAsync(409, "merge-undone");
        await (await Client.DeleteAsync($"/v1/merges/{Guid.CreateVersion7()}")).ProblemAsync(404, "not-found");
        await MergeAsync(johnny, john);

        await (await Client.DeleteAsync($"/v1/merges/{mergeId}")).ProblemAsync(409, "merge-undone");
        var list = await (await Client.GetAsync("/v1/merges?limit=1")).JsonAsync();
        Assert.Null(list["data"]![0]!["undone_at"]);
        var next = await (await Client.GetAsync($"/v1/merges?limit=1&cursor={list["next_cursor"]}")).JsonAsync();
        Assert.Equal(mergeId, (Guid)Assert.Single(next["data"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task Of_ten_who_undo_at_once_one_does()
    {
        var (mergeId, _) = await MergeAsync(await CreateAsync(John), await CreateAsync(Johnny));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Client.DeleteAsync($"/v1/merges/{mergeId}")));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var answer in answers.Where(answer => !answer.IsSuccessStatusCode))
        {
            await answer.ProblemAsync(409, "merge-undone");
        }
    }

    [Property(MaxTest = 40, Arbitrary = [typeof(Pairs)])]
    public async Task Merge_and_undo_leave_what_nobody_touched(Pair pair)
    {
        var run = Interlocked.Increment(ref _run);
        var survivor = await CreateAsync(pair.Survivor.ToJson(run * 2));
        var absorbed = await CreateAsync(pair.Absorbed.ToJson((run * 2) + 1));
        if (pair.Calls > 0)
        {
            await DeliverAsync([.. Enumerable.Range(0, pair.Calls).Select(i => Interaction((string?)absorbed["phone"], Channel.Call, Noon.AddHours(i)))]);
        }
        var before = (Essence(await GetAsync(survivor)), Essence(await GetAsync(absorbed)));
        var choices = string.Join(',', pair.Choices.Distinct().Select(field => $"\"{field}\":\"absorbed\""));

        var (mergeId, merged) = await MergeAsync(survivor, absorbed, $$$""","choices":{{{{choices}}}}""");
        foreach (var identity in new[] { "phones", "emails" })
        {
            Assert.Equal(
                survivor[identity].Texts().Concat(absorbed[identity].Texts()).Order(StringComparer.Ordinal),
                merged[identity].Texts().Order(StringComparer.Ordinal)
            );
        }
        if (pair.TouchesCompany)
        {
            await PatchAsync(survivor, """{"company":"Touched"}""");
        }
        var after = await UndoAsync(mergeId);

        if (pair.TouchesCompany)
        {
            Assert.Equal("Touched", (string?)after.Survivor["company"]);
            after.Survivor["company"] = (string?)survivor["company"];
        }
        Assert.Equal(before, (Essence(after.Survivor), Essence(after.Absorbed)));
    }

    private int _run;

    private static (long, int, DateTimeOffset?) Counted(ContactActivityChanged activity) => (activity.Version, activity.CallCount, activity.LastContactAt);

    public sealed record Person(string? Name, string? Company, string? Notes, string? Language, int Phones, int Emails, IReadOnlyList<string> Tags)
    {
        /// <summary>Numbers and addresses are nobody else's in the workspace.</summary>
        public string ToJson(int number) =>
            new JsonObject
            {
                ["name"] = Name,
                ["company"] = Company,
                ["notes"] = Notes,
                ["language"] = Language,
                ["phones"] = new JsonArray([.. Enumerable.Range(0, Phones).Select(i => (JsonNode)$"+1604{2_000_000 + (number * 10) + i}")]),
                ["emails"] = new JsonArray([.. Enumerable.Range(0, Emails).Select(i => (JsonNode)$"p{number}.{i}@example.com")]),
                ["tags"] = new JsonArray([.. Tags.Select(tag => (JsonNode)tag)]),
            }.ToJsonString();
    }

    public sealed record Pair(Person Survivor, Person Absorbed, IReadOnlyList<string> Choices, int Calls, bool TouchesCompany);

    public static class Pairs
    {
        private static readonly Gen<Person> People =
            from name in Gen.Elements(null, "John Smith", "Johnny", "Ann van der Berg")
            from company in Gen.Elements(null, "Acme", "Other")
            from notes in Gen.Elements(null, "Mornings", "Likes tea\nand cake")
            from language in Gen.Elements(null, "fr-CA", "en")
            from phones in Gen.Choose(1, 3)
            from emails in Gen.Choose(0, 2)
            from tags in Gen.SubListOf("VIP", "Lead", "Do Not Call", "Own")
            select new Person(name, company, notes, language, phones, emails, [.. tags]);

        public static Arbitrary<Pair> Pair() =>
            (
                from survivor in People
                from absorbed in People
                from choices in Gen.SubListOf("name", "company", "notes", "language", "phone")
                from calls in Gen.Choose(0, 2)
                from touches in ArbMap.Default.GeneratorFor<bool>()
                select new Pair(survivor, absorbed, [.. choices], calls, touches)
            ).ToArbitrary();
    }
}
