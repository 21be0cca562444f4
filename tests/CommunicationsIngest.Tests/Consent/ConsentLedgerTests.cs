using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommunicationsIngest.Consent;
using CommunicationsIngest.Tests.Texts;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using ServiceDefaults.Postgres;
using Testing;

namespace CommunicationsIngest.Tests.Consent;

public sealed class ConsentLedgerTests(PostgresFixture postgres)
{
    private const string Maria = "+16045550142";

    [Fact]
    public async Task A_text_with_a_keyword_is_an_entry_with_its_evidence_and_an_event()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = await ContactAsync(communications);

        await communications.TextAsync(Maria, "Stop!", "SM1");
        await communications.TextAsync(Maria, "Stop!", "SM1");

        var entry = Assert.Single(await EntriesAsync(communications, maria));
        Assert.Equal("opted_out", entry.GetProperty("state").GetString());
        Assert.Equal("keyword", entry.GetProperty("source").GetString());
        Assert.Equal("messages", entry.GetProperty("covers").GetString());
        Assert.Equal("text", entry.GetProperty("channel").GetString());
        Assert.Equal("Stop!", entry.GetProperty("quote").GetString());
        Assert.Equal(await communications.SqlAsync<Guid>("SELECT id FROM messages"), entry.GetProperty("message_id").GetGuid());
        var changed = Assert.Single(await communications.Factory.OutboxAsync<ConsentChanged>()).Data;
        Assert.Equal((Maria, true, "Stop!"), (changed.Participant.Value, changed.OptedOut, changed.Quote));
    }

    [Fact]
    public async Task Start_brings_it_back_and_only_a_change_is_an_event()
    {
        await using var communications = await Communications.StartAsync(postgres);
        foreach (var text in new[] { "YES", "START", "STOP", "END", "yes", "HELP", "please stop texting me", "unstop" })
        {
            await communications.TextAsync(Maria, text);
        }

        var changes = await communications.Factory.OutboxAsync<ConsentChanged>();
        Assert.Equal([true, false, true, false], changes.Select(change => change.Data.OptedOut));
        var entries = await communications.SqlAsync<string>("SELECT string_agg(quote, ',' ORDER BY id) FROM consent_entries");
        Assert.Equal("START,STOP,END,yes,please stop texting me,unstop", entries);
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("26266")]
    public async Task Who_is_nobody_has_no_consent(string from)
    {
        await using var communications = await Communications.StartAsync(postgres);

        await communications.TextAsync(from, "STOP");

        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM consent_entries"));
        Assert.Equal(1, await communications.SqlAsync<int>("SELECT count(*)::int FROM messages"));
    }

    [Theory]
    [InlineData("STOP", "ARRETE TOUT", "opted_out")]
    [InlineData("START", "otra vez", "opted_in")]
    [InlineData("HELP", "quoi?", null)]
    public async Task A_keyword_that_the_provider_was_taught_counts(string type, string body, string? state)
    {
        await using var communications = await Communications.StartAsync(postgres);

        await communications.TwilioAsync(
            "/webhooks/twilio/messages",
            ("MessageSid", "SM1"),
            ("From", Maria),
            ("To", Communications.OwnNumber),
            ("Body", body),
            ("OptOutType", type)
        );

        Assert.Equal(state, await communications.SqlAsync<string?>("SELECT max(state) FROM consents"));
    }

    [Fact]
    public async Task Twilio_answers_keywords_itself_unless_it_was_turned_off_then_each_once()
    {
        using var twilio = new FakeTwilio();
        await using var quiet = await twilio.StartAsync(postgres);
        await quiet.TextAsync(Maria, "HELP");
        await quiet.TextAsync(Maria, "STOP");
        Assert.Equal(0, await quiet.SqlAsync<int>("SELECT count(*)::int FROM messages WHERE direction = 'outbound'"));

        await using var communications = await twilio.StartAsync(postgres, null, ("Twilio:AnswersKeywords", "false"));
        await communications.TextAsync(Maria, "STOP", "SM1");
        await communications.TextAsync(Maria, "STOP", "SM1");
        await communications.TextAsync(Maria, "HELP", "SM2");
        await communications.TextAsync(Maria, "Hello", "SM3");

        Assert.Equal(2, await communications.SqlAsync<int>("SELECT count(*)::int FROM messages WHERE direction = 'outbound'"));
        for (var i = 0; twilio.Sent.Count < 2 && i < 200; i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.Equal([(Maria, true), (Maria, true)], twilio.Sent.Select(text => (text.To, text.Body.Contains("Reply", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_chat_visitors_refusal_holds_for_the_contacts_number()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var (session, token, visitor) = await ChatAsync(communications);
        var maria = await ContactAsync(communications, [new(IdentityKind.Phone, Maria, true), new(IdentityKind.ChatVisitor, visitor.ToString(), true)]);

        await ChatAsync(communications, session, token, "cancel");
        Assert.Empty(await EntriesAsync(communications, maria));
        await ChatAsync(communications, session, token, "please take me off your list");

        Assert.Equal(["calls", "messages"], (await EntriesAsync(communications, maria)).Select(entry => entry.GetProperty("covers").GetString()).Order());
        Assert.Contains("opt_out", await ReasonsAsync(communications, maria, "text"));
        Assert.Contains("do_not_call", await ReasonsAsync(communications, maria, "call"));
        Assert.Equal(IdentityKind.ChatVisitor, Assert.Single(await communications.Factory.OutboxAsync<ConsentChanged>()).Data.Participant.Kind);
    }

    [Fact]
    public async Task By_hand_an_opt_out_is_always_taken_and_an_opt_in_says_how()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = await ContactAsync(communications, [new(IdentityKind.Phone, Maria, true), new(IdentityKind.Phone, "+16045550143", false)]);

        await RecordAsync(
            communications,
            HttpStatusCode.Created,
            new
            {
                contact_id = maria,
                state = "opted_out",
                covers = "all",
            }
        );
        await RecordAsync(communications, HttpStatusCode.BadRequest, new { contact_id = maria, state = "opted_in" });
        Assert.Contains("opt_out", await ReasonsAsync(communications, maria, "text"));
        await RecordAsync(
            communications,
            HttpStatusCode.Created,
            new
            {
                contact_id = maria,
                state = "opted_in",
                evidence = "Signed the form at the counter",
            }
        );

        Assert.DoesNotContain("opt_out", await ReasonsAsync(communications, maria, "text"));
        Assert.Contains("do_not_call", await ReasonsAsync(communications, maria, "call"));
        var entries = await EntriesAsync(communications, maria);
        Assert.Equal(6, entries.Length);
        Assert.Equal("Signed the form at the counter", entries[0].GetProperty("quote").GetString());
        Assert.Equal("test-actor", entries[0].GetProperty("actor").GetProperty("id").GetString());
        var page = await communications.GetAsync($"/v1/contacts/{maria}/consents?limit=4");
        var rest = await communications.GetAsync($"/v1/contacts/{maria}/consents?limit=4&cursor={page.GetProperty("next_cursor").GetString()}");
        Assert.Equal((4, 2), (page.GetProperty("data").GetArrayLength(), rest.GetProperty("data").GetArrayLength()));
    }

    [Fact]
    public async Task What_was_said_later_holds_whenever_it_is_written_down()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = await ContactAsync(communications);
        await communications.TextAsync(Maria, "STOP");

        await RecordAsync(
            communications,
            HttpStatusCode.Created,
            new
            {
                phone = "604 555 0142",
                state = "opted_in",
                evidence = "An old form",
                at = "2020-01-01T00:00:00Z",
            }
        );

        Assert.Contains("opt_out", await ReasonsAsync(communications, maria, "text"));
        Assert.Single(await communications.Factory.OutboxAsync<ConsentChanged>());
    }

    [Fact]
    public async Task A_refusal_of_one_of_our_numbers_leaves_the_others()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        await communications.RegisterAsync("+16045550101");
        await RecordAsync(
            communications,
            HttpStatusCode.Created,
            new
            {
                phone = Maria,
                state = "opted_out",
                sender = "+16045550101",
            }
        );

        Assert.Equal(HttpStatusCode.Conflict, await SendAsync(communications, "+16045550101"));
        Assert.Equal(HttpStatusCode.Created, await SendAsync(communications, Communications.OwnNumber));
        await communications.TextAsync(Maria, "START", to: "+16045550101");
        Assert.Equal(HttpStatusCode.Created, await SendAsync(communications, "+16045550101"));
    }

    [Theory]
    [InlineData("""{"phone":"+16045550142"}""", 400, "state")]
    [InlineData("""{"state":"opted_out"}""", 400, "contact_id")]
    [InlineData("""{"phone":"x","state":"opted_out"}""", 400, "invalid-phone")]
    [InlineData("""{"phone":"+16045550142","state":"dance"}""", 400, "state")]
    [InlineData("""{"phone":"+16045550142","state":"opted_in","evidence":"  "}""", 400, "evidence-required")]
    [InlineData("""{"phone":"+16045550142","state":"opted_out","evidence":"\u0000"}""", 400, "evidence")]
    [InlineData("""{"phone":"+16045550142","state":"opted_out","at":"2999-01-01T00:00:00Z"}""", 400, "at")]
    [InlineData("""{"phone":"+16045550142","state":"opted_out","sender":"+16045550999"}""", 400, "sender")]
    [InlineData("""{"phone":"+16045550142","contact_id":"0198c0de-7e2a-7c3f-9a41-3f5d2b6c8e10","state":"opted_out"}""", 400, "phone")]
    [InlineData("""{"contact_id":"0198c0de-7e2a-7c3f-9a41-3f5d2b6c8e10","state":"opted_out"}""", 404, "not-found")]
    [InlineData("""{"phone":"+16045550142","state":"opted_out","colour":"red"}""", 400, "colour")]
    public async Task What_is_wrong_is_named(string body, int status, string word)
    {
        await using var communications = await Communications.StartAsync(postgres);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await communications.Api.PostAsync("/v1/consents", content);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(word, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM consent_entries"));
    }

    [Fact]
    public async Task One_businesss_opt_out_is_not_anothers()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = await ContactAsync(communications);
        await communications.TextAsync(Maria, "STOP");
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/v1/contacts/{maria}/consents")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/v1/contacts/{maria}/can-contact")).StatusCode);
        await using var work = communications.Factory.Services.GetRequiredService<Database>().Begin(Guid.CreateVersion7());
        Assert.Equal(0, await work.SingleAsync<int>("SELECT count(*)::int FROM consents"));
    }

    [Theory]
    [InlineData("UPDATE consent_entries SET quote = 'Hello'")]
    [InlineData("DELETE FROM consent_entries")]
    [InlineData("TRUNCATE consent_entries")]
    public async Task An_entry_is_never_rewritten(string sql)
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(Maria, "STOP");
        await using var work = communications.Factory.Services.GetRequiredService<Database>().Begin(communications.WorkspaceId);

        var exception = await Assert.ThrowsAsync<PostgresException>(() => work.ExecuteAsync(sql));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, exception.SqlState);
    }

    [Fact]
    public async Task Erasure_takes_the_words_and_the_number_and_leaves_the_refusal()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync(Maria, "STOP");
        var database = communications.Factory.Services.GetRequiredService<Database>();
        const string Erase = "SELECT erase_consents(ARRAY['phone'], ARRAY[@Maria], ARRAY['hash'])";

        await using (var other = database.Begin(Guid.CreateVersion7()))
        {
            Assert.Equal(0, await other.SingleAsync<int>(Erase, new { Maria }));
            await other.CommitAsync();
        }
        await using (var work = database.Begin(communications.WorkspaceId))
        {
            Assert.Equal(1, await work.SingleAsync<int>(Erase, new { Maria }));
            await work.CommitAsync();
        }

        var entry = await communications.SqlAsync<(string, string?, Guid?)>("SELECT identity_value, quote, message_id FROM consent_entries");
        Assert.Equal(("hash", null, null), entry);
        Assert.Equal(("hash", "opted_out"), await communications.SqlAsync<(string, string)>("SELECT identity_value, state FROM consents"));
    }

    private static async Task<HttpStatusCode> SendAsync(Communications communications, string from) =>
        (
            await communications.Api.PostAsJsonAsync(
                "/v1/texts",
                new
                {
                    to = Maria,
                    from,
                    body = "Hello",
                    kind = "automated",
                }
            )
        ).StatusCode;

    private static async Task RecordAsync(Communications communications, HttpStatusCode status, object body)
    {
        var response = await communications.Api.PostAsJsonAsync("/v1/consents", body);
        Assert.True(response.StatusCode == status, await response.Content.ReadAsStringAsync());
    }

    private static async Task<JsonElement[]> EntriesAsync(Communications communications, Guid contact) =>
        [.. (await communications.GetAsync($"/v1/contacts/{contact}/consents")).GetProperty("data").EnumerateArray()];

    private static async Task<string[]> ReasonsAsync(Communications communications, Guid contact, string channel) =>
        [
            .. (await communications.GetAsync($"/v1/contacts/{contact}/can-contact?channel={channel}"))
                .GetProperty("reasons")
                .EnumerateArray()
                .Select(reason => reason.GetProperty("code").GetString()!),
        ];

    private static async Task<(Guid Session, string Token, Guid Visitor)> ChatAsync(Communications communications)
    {
        var widget = await (
            await communications.Api.PostAsJsonAsync("/v1/chat/widgets", new { name = "Site", allowed_origins = new[] { "https://a.example" } })
        ).Content.ReadFromJsonAsync<JsonElement>();
        var started = await (
            await communications.Anonymous.PostAsJsonAsync("/v1/chat/sessions", new { widget_id = widget.GetProperty("id").GetGuid() })
        ).Content.ReadFromJsonAsync<JsonElement>();
        var session = await communications.SqlAsync<Guid>("SELECT conversation_id FROM chat_sessions");
        return (session, started.GetProperty("visitor_token").GetString()!, await communications.SqlAsync<Guid>("SELECT visitor_id FROM chat_sessions"));
    }

    private static async Task ChatAsync(Communications communications, Guid session, string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/chat/sessions/{session}/messages") { Content = JsonContent.Create(new { body }) };
        request.Headers.Authorization = new("Bearer", token);
        var response = await communications.Anonymous.SendAsync(request);
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }

    private static async Task<Guid> ContactAsync(Communications communications, IReadOnlyList<ContactIdentity>? identities = null)
    {
        var contact = new PersonCard { Identities = identities ?? [new(IdentityKind.Phone, Maria, true)] };
        await contact.DeliverAsync(communications);
        return contact.Id;
    }
}
