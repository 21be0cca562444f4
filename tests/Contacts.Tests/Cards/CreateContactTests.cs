using System.Net;
using System.Text.Json.Nodes;
using Messages;
using Messages.Contacts;

namespace Contacts.Tests.Cards;

public sealed class CreateContactTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task A_contact_is_answered_whole_and_announced_once()
    {
        var answer = await Client.PostAsync(
            "/v1/contacts",
            Answers.Json(
                """
                {"phone":"(604) 555-1234","name":"John Smith","email":"John@Example.com","company":"Acme Corp","notes":"Prefers mornings\nCalls back","tags":["vip","New one"]}
                """
            )
        );

        var contact = await answer.JsonAsync(HttpStatusCode.Created);
        Assert.Equal("\"1\"", answer.Headers.ETag?.ToString());
        Assert.Equal($"/v1/contacts/{contact["id"]}", answer.Headers.Location?.ToString());
        Assert.Equal("+16045551234", (string?)contact["phone"]);
        Assert.Equal(["+16045551234"], contact["phones"].Texts());
        Assert.Equal("John Smith", (string?)contact["name"]);
        Assert.Equal("John", (string?)contact["first_name"]);
        Assert.Equal("Smith", (string?)contact["last_name"]);
        Assert.Equal("john@example.com", (string?)contact["email"]);
        Assert.Equal(["john@example.com"], contact["emails"].Texts());
        Assert.Equal("Prefers mornings\nCalls back", (string?)contact["notes"]);
        Assert.Equal(["New one", "VIP"], contact["tags"].Texts());
        Assert.Equal("api", (string?)contact["source"]);
        Assert.Equal(0, (int)contact["call_count"]!);
        Assert.Null(contact["last_contact_at"]);
        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
        var sent = Assert.Single(await SentAsync<ContactChanged>());
        Assert.Equal(new Actor(ActorKind.Api, "test-actor"), sent.Actor);
        Assert.Equal(1, sent.Data.Contact.Version);
        Assert.Equal("+16045551234", Assert.Single(sent.Data.Contact.Identities, identity => identity.Kind == IdentityKind.Phone).Value);
    }

    public static readonly TheoryData<string, string, string> BadBodies = new()
    {
        { "{}", "identity-required", "phone" },
        { """{"name":"Nobody"}""", "identity-required", "phone" },
        { """{"phone":""}""", "identity-required", "phone" },
        { """{"phone":"12345"}""", "invalid-phone", "phone" },
        { """{"phone":"hello"}""", "invalid-phone", "phone" },
        { """{"phone":"+266696687"}""", "invalid-phone", "phone" },
        { """{"phone":"anonymous"}""", "invalid-phone", "phone" },
        { """{"phone":"+1604555123456789"}""", "invalid-phone", "phone" },
        { """{"phone":"020 7946 0958"}""", "invalid-phone", "phone" },
        { """{"phone":16045551234}""", "validation", "phone" },
        { """{"email":"john"}""", "invalid-email", "email" },
        { """{"email":"john@localhost"}""", "invalid-email", "email" },
        { """{"phone":"+16045551234","email":"[email protected]"}""", "invalid-email", "email" },
        { """{"phone":"+16045551234","nmae":"x"}""", "validation", "nmae" },
        { """{"phone":"+16045551234","name":5}""", "validation", "name" },
        { """{"phone":"+16045551234","tags":"VIP"}""", "validation", "tags" },
        { """{"phone":"+16045551234","tags":["a,b"]}""", "invalid-tag", "tags" },
        { """{"phone":"+16045551234","tags":[""]}""", "invalid-tag", "tags" },
        { $$"""{"phone":"+16045551234","tags":["{{new string('x', 51)}}"]}""", "invalid-tag", "tags" },
        { $$"""{"phone":"+16045551234","tags":[{{string.Join(',', Enumerable.Range(0, 51).Select(i => $"\"t{i}\""))}}]}""", "validation", "tags" },
        { $$"""{"phone":"+16045551234","name":"{{new string('x', 201)}}"}""", "validation", "name" },
        { $$"""{"phone":"+16045551234","first_name":"{{new string('x', 101)}}"}""", "validation", "first_name" },
        { $$"""{"phone":"+16045551234","company":"{{new string('x', 201)}}"}""", "validation", "company" },
        { $$"""{"phone":"+16045551234","notes":"{{new string('x', 10_001)}}"}""", "validation", "notes" },
        { """{"phone":"+16045551234","notes":"a\u0000b"}""", "validation", "notes" },
        { """{"phone":"+16045551234","name":"a\ud800b"}""", "validation", "name" },
        { """{"phone":"+16045551234","name":"John",}""", "validation", "" },
        { "[]", "validation", "" },
        { "null", "validation", "" },
        { "", "validation", "" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task What_is_not_right_is_refused_and_nothing_is_stored(string body, string slug, string field)
    {
        var problem = await (await Client.PostAsync("/v1/contacts", Answers.Json(body))).ProblemAsync(400, slug);

        Assert.Contains(field, problem.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await ListAsync());
        Assert.Empty(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var problem = await (await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"x","email":"y"}"""))).ProblemAsync(400, "invalid-phone");

        Assert.NotNull(problem["errors"]!["phone"]);
        Assert.NotNull(problem["errors"]!["email"]);
    }

    [Theory]
    [InlineData("\"name\":\"😀 Émile 用户\"", "😀 Émile 用户")]
    [InlineData("\"name\":\"محمد علي\"", "محمد علي")]
    [InlineData("\"name\":\"  John \\n  Smith \"", "John Smith")]
    [InlineData("\"first_name\":\"John\",\"last_name\":\"Smith\"", "John Smith")]
    [InlineData("\"last_name\":\"Smith\"", "Smith")]
    [InlineData("\"name\":\" \"", null)]
    public async Task Names_of_all_sorts_are_kept(string member, string? expected) =>
        Assert.Equal(expected, (string?)(await CreateAsync($$"""{"phone":"+16045551234",{{member}}}"""))["name"]);

    [Theory]
    [InlineData("""{"phone":"+1 604 555 1234"}""")]
    [InlineData("""{"phone":"6045551234","email":"other@example.com"}""")]
    [InlineData("""{"phone":"+16045550000","email":"JOHN@example.com"}""")]
    public async Task A_taken_phone_or_email_names_the_contact_that_has_it(string body)
    {
        var first = await CreateAsync("""{"phone":"+16045551234","email":"john@example.com"}""");

        var problem = await (await Client.PostAsync("/v1/contacts", Answers.Json(body))).ProblemAsync(409, "contact-exists");

        Assert.Equal((string?)first["id"], (string?)problem["contact_id"]);
        Assert.Single(await ListAsync());
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task Fifty_at_once_make_one_contact()
    {
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234","email":"john@example.com"}""")))
        );

        var made = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        var id = (string?)(await made.JsonAsync(HttpStatusCode.Created))["id"];
        foreach (var refused in answers.Where(answer => answer != made))
        {
            Assert.Equal(id, (string?)(await refused.ProblemAsync(409, "contact-exists"))["contact_id"]);
        }
        Assert.Single(await ListAsync());
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_answer_and_one_contact()
    {
        async Task<HttpResponseMessage> PostAsync(string body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts") { Content = Answers.Json(body) };
            request.Headers.Add("Idempotency-Key", "key-1");
            return await Client.SendAsync(request);
        }

        var first = await PostAsync("""{"phone":"+16045551234"}""");
        var second = await PostAsync("""{"phone":"+16045551234"}""");
        var other = await PostAsync("""{"phone":"+16045550000"}""");

        Assert.Equal((await first.JsonAsync(HttpStatusCode.Created)).ToJsonString(), (await second.JsonAsync(HttpStatusCode.Created)).ToJsonString());
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        await other.ProblemAsync(422, "idempotency-key-reused");
        Assert.Single(await SentAsync<ContactChanged>());
    }

    [Fact]
    public async Task Opt_out_is_nobodys_to_set() =>
        await (await Client.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234","tags":["Opt-Out"]}"""))).ProblemAsync(409, "opt-out-protected");

    [Fact]
    public async Task Two_workspaces_may_know_the_same_person()
    {
        using var other = CreateClient(Guid.CreateVersion7());
        var ours = await CreateAsync("""{"phone":"+16045551234"}""");

        var theirs = await (await other.PostAsync("/v1/contacts", Answers.Json("""{"phone":"+16045551234"}"""))).JsonAsync(HttpStatusCode.Created);

        Assert.NotEqual((string?)ours["id"], (string?)theirs["id"]);
    }
}
