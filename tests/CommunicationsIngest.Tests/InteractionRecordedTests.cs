using System.Text.RegularExpressions;
using Messages.CommunicationsIngest;
using Testing;

namespace CommunicationsIngest.Tests;

/// <summary>Pins the very text that travels: fields are only ever added.</summary>
public sealed partial class InteractionRecordedTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_text()
    {
        await using var communications = await Communications.StartAsync(postgres);

        await communications.TextAsync("+16045550142", "Hello");

        Assert.Equal(
            """{"interaction_id":ID,"conversation_id":ID,"channel":"text","direction":"inbound","participant":{"kind":"phone","value":"+16045550142","name":null,"email":null,"phone":null},"at":TIME}""",
            await DataAsync(communications)
        );
    }

    [Fact]
    public async Task A_call_of_somebody_hidden()
    {
        await using var communications = await Communications.StartAsync(postgres);

        await communications.TwilioAsync(
            "/webhooks/twilio/calls",
            ("CallSid", "CA1"),
            ("From", "anonymous"),
            ("To", Communications.OwnNumber),
            ("CallStatus", "ringing")
        );

        Assert.Equal(
            """{"interaction_id":ID,"conversation_id":ID,"channel":"call","direction":"inbound","participant":null,"at":TIME}""",
            await DataAsync(communications)
        );
    }

    private static async Task<string> DataAsync(Communications communications)
    {
        var json = Assert.Single(await communications.Factory.OutboxJsonAsync<InteractionRecorded>());
        var data = json[(json.IndexOf("\"data\":", StringComparison.Ordinal) + 7)..^1].Replace("\\u002B", "+", StringComparison.Ordinal);
        return Time().Replace(Id().Replace(data, "ID"), "TIME");
    }

    [GeneratedRegex("\"[0-9a-f]{8}-[0-9a-f-]{27}\"")]
    private static partial Regex Id();

    [GeneratedRegex("\"20[0-9-]{8}T[^\"]*\"")]
    private static partial Regex Time();
}
