using System.Net;
using Testing;

namespace CommunicationsIngest.Tests.Providers.Twilio;

public sealed class FollowTextTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("delivered", "queued", "sent", "delivered")]
    [InlineData("delivered", "delivered", "sent", "queued")]
    [InlineData("undelivered", "sent", "undelivered", "delivered")]
    [InlineData("sent", "sent", "dancing", "received")]
    public async Task A_text_of_ours_only_moves_on(string end, params string[] statuses)
    {
        await using var communications = await Communications.StartAsync(postgres);
        await SendAsync(communications);

        foreach (var status in statuses)
        {
            Assert.Equal(HttpStatusCode.OK, (await ReportAsync(communications, status)).StatusCode);
        }

        Assert.Equal(end, await communications.SqlAsync<string>("SELECT status FROM messages WHERE direction = 'outbound'"));
    }

    [Fact]
    public async Task A_text_of_theirs_does_not_move()
    {
        await using var communications = await Communications.StartAsync(postgres);
        await communications.TextAsync("+16045550142", "Hello", "SM1");

        await ReportAsync(communications, "delivered");

        Assert.Equal("received", await communications.SqlAsync<string>("SELECT status FROM messages"));
    }

    [Fact]
    public async Task A_number_that_is_not_ours_is_a_404()
    {
        await using var communications = await Communications.StartAsync(postgres);

        Assert.Equal(HttpStatusCode.NotFound, (await ReportAsync(communications, "sent", "+16045550199")).StatusCode);
    }

    private static Task<HttpResponseMessage> ReportAsync(Communications communications, string status, string from = Communications.OwnNumber) =>
        communications.TwilioAsync("/webhooks/twilio/message-status", ("MessageSid", "SM1"), ("MessageStatus", status), ("From", from), ("To", "+16045550142"));

    /// <summary>What sending leaves in the table.</summary>
    private static async Task SendAsync(Communications communications)
    {
        await communications.TextAsync("+16045550142", "Hello");
        await communications.SqlAsync<int>(
            """
            INSERT INTO messages (workspace_id, id, conversation_id, direction, body, provider, provider_id, status, at)
            SELECT workspace_id, gen_random_uuid(), conversation_id, 'outbound', 'Hi', 'twilio', 'SM1', 'accepted', now() FROM messages
            RETURNING 1
            """
        );
    }
}
