using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CommunicationsIngest.Texts;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ServiceDefaults.Authentication;
using Testing;

namespace CommunicationsIngest.Tests.Texts;

public sealed class SendTextTests(PostgresFixture postgres)
{
    private const string Maria = "+16045550142";

    [Fact]
    public async Task A_text_is_queued_sent_once_reported_and_counted()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);

        var response = await SendAsync(
            communications,
            new
            {
                to = "(604) 555-0142",
                body = "Your table is ready",
                kind = "manual",
            }
        );

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var message = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message");
        Assert.Equal("queued", message.GetProperty("status").GetString());
        var sent = await SentAsync(twilio);
        Assert.Equal((Communications.OwnNumber, Maria, "Your table is ready"), (sent.From, sent.To, sent.Body));
        Assert.Equal("Basic QUMwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMToxMjM0NQ==", sent.Authorization);
        Assert.Equal($"{Communications.PublicUrl}/webhooks/twilio/message-status?message={message.GetProperty("id").GetGuid()}", sent.StatusCallback);
        await StatusAsync(communications, "sending");
        await ReportAsync(communications, sent, "delivered");
        await ReportAsync(communications, sent, "sent");
        await StatusAsync(communications, "delivered");
        var interaction = Assert.Single(await communications.InteractionsAsync());
        Assert.Equal((Direction.Outbound, Channel.Text, Maria), (interaction.Data.Direction, interaction.Data.Channel, interaction.Data.Participant!.Value));
        Assert.Equal(ActorKind.Api, interaction.Actor.Kind);
        Assert.Equal("outbound", (await communications.OnlyConversationAsync()).GetProperty("direction").GetString());
        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM text_queue"));
    }

    [Fact]
    public async Task A_report_that_overtakes_the_answer_is_not_lost()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        twilio.Answer = async text =>
        {
            await ReportAsync(communications, text, "delivered");
            return null;
        };

        await SendAsync(
            communications,
            new
            {
                to = Maria,
                body = "Hello",
                kind = "automated",
            }
        );

        await SentAsync(twilio);
        await StatusAsync(communications, "delivered");
        await UntilAsync(async () => await communications.SqlAsync<string?>("SELECT provider_id FROM messages") == twilio.Sent.Single().Sid);
    }

    [Fact]
    public async Task It_goes_to_the_contacts_primary_phone_from_the_number_of_their_thread()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        await communications.RegisterAsync("+16045550101");
        await communications.TextAsync(Maria, "Hello", to: "+16045550101");
        var contact = await ContactAsync(communications, [new(IdentityKind.Phone, "+16045550199", false), new(IdentityKind.Phone, Maria, true)]);

        await SendAsync(
            communications,
            new
            {
                contact_id = contact,
                body = "Hello",
                kind = "automated",
            }
        );

        var sent = await SentAsync(twilio);
        Assert.Equal(("+16045550101", Maria), (sent.From, sent.To));
        Assert.Single(await communications.ConversationsAsync());
    }

    [Fact]
    public async Task Nothing_automated_goes_to_somebody_who_opted_out_and_manual_only_knowingly()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        await communications.TextAsync(Maria, "Stop!");

        await ProblemAsync(
            await SendAsync(
                communications,
                new
                {
                    to = Maria,
                    body = "Sale!",
                    kind = "automated",
                }
            ),
            409,
            "contact-not-allowed",
            "opt_out"
        );
        await ProblemAsync(
            await SendAsync(
                communications,
                new
                {
                    to = Maria,
                    body = "Your keys",
                    kind = "manual",
                }
            ),
            409,
            "opted-out",
            "opt_out"
        );
        var response = await SendAsync(
            communications,
            new
            {
                to = Maria,
                body = "Your keys",
                kind = "manual",
                acknowledge_opt_out = true,
            }
        );

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("opt_out", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("warnings")[0].GetProperty("code").GetString());
        Assert.Equal("Your keys", (await SentAsync(twilio)).Body);
        await communications.TextAsync(Maria, "START");
        Assert.Equal(
            HttpStatusCode.Created,
            (
                await SendAsync(
                    communications,
                    new
                    {
                        to = Maria,
                        body = "Welcome back",
                        kind = "automated",
                    }
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task What_was_queued_before_a_refusal_is_not_sent_after_it()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        await QueueAsync(communications);
        await communications.TextAsync(Maria, "take me off your list");

        await communications.SqlAsync<int>("UPDATE text_queue SET due_at = '2020-01-01' RETURNING 1");
        await Job(communications).SendDueAsync(FakeTwilio.Noon, CancellationToken.None);

        Assert.Empty(twilio.Sent);
        Assert.Equal(
            ("canceled", "opt_out"),
            await communications.SqlAsync<(string, string)>("SELECT status, error_code FROM messages WHERE direction = 'outbound'")
        );
    }

    [Fact]
    public async Task At_night_nothing_automated_goes_out()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres, FakeTwilio.Noon.AddHours(12));

        await ProblemAsync(
            await SendAsync(
                communications,
                new
                {
                    to = Maria,
                    body = "Sale!",
                    kind = "automated",
                }
            ),
            409,
            "contact-not-allowed",
            "quiet_hours"
        );
        Assert.Equal(
            HttpStatusCode.Created,
            (
                await SendAsync(
                    communications,
                    new
                    {
                        to = Maria,
                        body = "Still here?",
                        kind = "manual",
                    }
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task The_providers_own_opt_out_is_learnt()
    {
        using var twilio = new FakeTwilio { Answer = _ => Task.FromResult<HttpResponseMessage?>(FakeTwilio.Error(HttpStatusCode.BadRequest, 21610)) };
        await using var communications = await twilio.StartAsync(postgres);

        await SendAsync(
            communications,
            new
            {
                to = Maria,
                body = "Hello",
                kind = "automated",
            }
        );

        await StatusAsync(communications, "failed");
        var entry = await communications.SqlAsync<(string, string)>("SELECT source, state FROM consent_entries");
        Assert.Equal(("provider", "opted_out"), entry);
        Assert.True(Assert.Single(await communications.Factory.OutboxAsync<ConsentChanged>()).Data.OptedOut);
        Assert.Empty(await communications.InteractionsAsync());
        await ProblemAsync(
            await SendAsync(
                communications,
                new
                {
                    to = Maria,
                    body = "Again",
                    kind = "automated",
                }
            ),
            409,
            "contact-not-allowed",
            "opt_out"
        );
    }

    [Theory]
    [InlineData(400, 21211, "failed", "21211")]
    [InlineData(401, 20003, "failed", "20003")]
    [InlineData(307, 0, "failed", "0")]
    [InlineData(503, 0, "unknown", null)]
    public async Task What_the_provider_does_not_take_is_not_sent_again(int status, int code, string end, string? error)
    {
        using var twilio = new FakeTwilio { Answer = _ => Task.FromResult<HttpResponseMessage?>(FakeTwilio.Error((HttpStatusCode)status, code)) };
        await using var communications = await twilio.StartAsync(postgres);

        await SendAsync(
            communications,
            new
            {
                to = Maria,
                body = "Hello",
                kind = "automated",
            }
        );

        await StatusAsync(communications, end);
        Assert.Equal(error, await communications.SqlAsync<string?>("SELECT error_code FROM messages"));
        Assert.Single(twilio.Sent);
        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM text_queue"));
    }

    [Fact]
    public async Task A_lost_answer_leaves_it_unknown_until_the_provider_reports()
    {
        using var twilio = new FakeTwilio { Answer = _ => throw new HttpRequestException("gone", new IOException()) };
        await using var communications = await twilio.StartAsync(postgres);

        await SendAsync(
            communications,
            new
            {
                to = Maria,
                body = "Hello",
                kind = "automated",
            }
        );

        await StatusAsync(communications, "unknown");
        await ReportAsync(communications, Assert.Single(twilio.Sent), "delivered");
        await StatusAsync(communications, "delivered");
    }

    [Fact]
    public async Task What_certainly_did_not_arrive_is_sent_later()
    {
        using var twilio = new FakeTwilio();
        twilio.Answer = _ =>
            Task.FromResult(twilio.Sent.Count == 1 ? new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = JsonContent.Create(new { }) } : null);
        await using var communications = await twilio.StartAsync(postgres);

        await SendAsync(
            communications,
            new
            {
                to = Maria,
                body = "Hello",
                kind = "automated",
            }
        );

        await UntilAsync(async () => await communications.SqlAsync<int>("SELECT count(*)::int FROM text_queue WHERE state = 'waiting' AND attempts = 1") == 1);
        await StatusAsync(communications, "queued");
        await UntilAsync(() => Task.FromResult(twilio.Sent.Count == 2));
        await StatusAsync(communications, "sending");
    }

    [Fact]
    public async Task A_text_whose_process_died_is_not_sent_again()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        await QueueAsync(communications);
        await communications.SqlAsync<int>("UPDATE text_queue SET state = 'sending', claimed_at = '2026-03-02T20:00Z' RETURNING 1");
        await communications.SqlAsync<int>("UPDATE messages SET status = 'sending' RETURNING 1");

        await Job(communications).SendDueAsync(FakeTwilio.Noon.AddMinutes(1), CancellationToken.None);
        Assert.Equal("sending", await communications.SqlAsync<string>("SELECT status FROM messages"));
        await Job(communications).SendDueAsync(FakeTwilio.Noon.AddMinutes(3), CancellationToken.None);

        Assert.Equal("unknown", await communications.SqlAsync<string>("SELECT status FROM messages"));
        Assert.Empty(twilio.Sent);
    }

    [Theory]
    [InlineData("""{"to":"+16045550142","kind":"manual"}""", 400, "body")]
    [InlineData("""{"to":"+16045550142","body":"Hello"}""", 400, "kind")]
    [InlineData("""{"to":"+16045550142","body":"   ","kind":"manual"}""", 400, "body")]
    [InlineData("""{"to":"+16045550142","body":"\u0000","kind":"manual"}""", 400, "body")]
    [InlineData("""{"to":"+16045550142","body":"Hello","kind":"dance"}""", 400, "kind")]
    [InlineData("""{"to":7,"body":"Hello","kind":"manual"}""", 400, "to")]
    [InlineData("""{"body":"Hello","kind":"manual"}""", 400, "to")]
    [InlineData("""{"to":"nobody","body":"Hello","kind":"manual"}""", 400, "invalid-phone")]
    [InlineData("""{"to":"+16045550100","body":"Hello","kind":"manual"}""", 400, "own-number")]
    [InlineData("""{"to":"+16045550142","from":"+16045550999","body":"Hello","kind":"manual"}""", 400, "not-own-number")]
    [InlineData("""{"to":"+16045550142","contact_id":"0198c0de-7e2a-7c3f-9a41-3f5d2b6c8e10","body":"Hello","kind":"manual"}""", 400, "to")]
    [InlineData("""{"contact_id":"0198c0de-7e2a-7c3f-9a41-3f5d2b6c8e10","body":"Hello","kind":"manual"}""", 404, "not-found")]
    [InlineData("""{"to":"+16045550142","body":"Hello","kind":"automated","acknowledge_opt_out":true}""", 400, "acknowledge_opt_out")]
    [InlineData("""{"to":"+16045550142","body":"Hello","kind":"manual","media":[]}""", 400, "media")]
    public async Task What_is_wrong_is_named(string body, int status, string word)
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        var response = await communications.Api.PostAsync("/v1/texts", content);

        await ProblemAsync(response, status, word);
        Assert.Equal(0, await communications.SqlAsync<int>("SELECT count(*)::int FROM messages"));
    }

    [Fact]
    public async Task A_text_of_1601_characters_is_too_long()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);

        await ProblemAsync(
            await SendAsync(
                communications,
                new
                {
                    to = Maria,
                    body = new string('x', 1601),
                    kind = "manual",
                }
            ),
            400,
            "body"
        );
    }

    [Fact]
    public async Task An_agent_is_no_member_of_the_staff_and_the_scope_is_needed()
    {
        using var twilio = new FakeTwilio();
        await using var communications = await twilio.StartAsync(postgres);
        using var agent = communications.Factory.CreateClient();
        agent.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.Create(communications.WorkspaceId, Scopes.All, ActorKind.Agent));
        using var reader = communications.Factory.CreateClient(communications.WorkspaceId, Scopes.ConversationsWrite);
        var text = new
        {
            to = Maria,
            body = "Hello",
            kind = "manual",
        };

        await ProblemAsync(await agent.PostAsJsonAsync("/v1/texts", text), 403, "not-manual");
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsJsonAsync("/v1/texts", text)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await communications.Anonymous.PostAsJsonAsync("/v1/texts", text)).StatusCode);
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());
        await ProblemAsync(await other.PostAsJsonAsync("/v1/texts", text), 409, "no-sender");
        Assert.Empty(twilio.Sent);
    }

    private static Task<HttpResponseMessage> SendAsync(Communications communications, object text) => communications.Api.PostAsJsonAsync("/v1/texts", text);

    /// <summary>Queued, and due long after the test.</summary>
    private static async Task QueueAsync(Communications communications)
    {
        await communications.SqlAsync<int>(
            """
            CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.due_at = '2030-01-01'; RETURN NEW; END $$;
            CREATE TRIGGER later BEFORE INSERT ON text_queue FOR EACH ROW EXECUTE FUNCTION later();
            SELECT 1
            """
        );
        (
            await SendAsync(
                communications,
                new
                {
                    to = Maria,
                    body = "Sale!",
                    kind = "automated",
                }
            )
        ).EnsureSuccessStatusCode();
    }

    private static SendTexts Job(Communications communications) => communications.Factory.Services.GetServices<IHostedService>().OfType<SendTexts>().Single();

    private static async Task<SentText> SentAsync(FakeTwilio twilio)
    {
        await UntilAsync(() => Task.FromResult(!twilio.Sent.IsEmpty));
        return Assert.Single(twilio.Sent);
    }

    private static Task StatusAsync(Communications communications, string status) =>
        UntilAsync(async () => await communications.SqlAsync<string?>("SELECT max(status) FROM messages WHERE direction = 'outbound'") == status);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; !await holds(); i++)
        {
            Assert.True(i < 400, "It did not come to pass within 20 s.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ReportAsync(Communications communications, SentText text, string status)
    {
        var response = await communications.TwilioAsync(
            text.StatusCallback[Communications.PublicUrl.Length..],
            ("MessageSid", text.Sid),
            ("MessageStatus", status),
            ("From", text.From),
            ("To", text.To)
        );
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task ProblemAsync(HttpResponseMessage response, int status, params string[] words)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} {body}");
        Assert.All(words, word => Assert.Contains(word, body, StringComparison.Ordinal));
    }

    private static async Task<Guid> ContactAsync(Communications communications, IReadOnlyList<ContactIdentity> identities)
    {
        var id = Guid.CreateVersion7();
        var card = new ContactCard
        {
            Id = id,
            Version = 1,
            Identities = identities,
            Tags = [],
            CreatedAt = FakeTwilio.Noon,
            UpdatedAt = FakeTwilio.Noon,
            Source = ActorKind.System,
        };
        await communications.Factory.DeliverAsync(Happened.In(communications.WorkspaceId, new ContactChanged(card, ["phones"])));
        return id;
    }
}
