using System.Net;
using System.Net.Http.Json;
using Testing;

namespace CommunicationsIngest.Tests.Transcripts;

public sealed class TranscriptTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_transcript_is_stored_read_and_replaced()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var id = await communications.CallAsync();

        Assert.Empty((await communications.GetAsync($"/v1/conversations/{id}/transcript")).GetProperty("segments").EnumerateArray());
        Assert.Equal(HttpStatusCode.NoContent, (await communications.PutTranscriptAsync(id, "agent: Hello.", "person: Hi there 👋")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await communications.PutTranscriptAsync(id, "agent: Hello!", "person: Hi.", "agent: Bye.")).StatusCode);

        var segments = (await communications.GetAsync($"/v1/conversations/{id}/transcript")).GetProperty("segments").EnumerateArray().ToList();
        Assert.Equal(["Hello!", "Hi.", "Bye."], segments.Select(segment => segment.GetProperty("text").GetString()));
        Assert.Equal(["agent", "person", "agent"], segments.Select(segment => segment.GetProperty("speaker").GetString()));
        Assert.Equal(2000, segments[2].GetProperty("offset_ms").GetInt32());
    }

    [Fact]
    public async Task The_same_transcript_again_changes_nothing()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var id = await communications.CallAsync();
        await communications.PutTranscriptAsync(id, "person: Hi, this is John Smith.");
        var before = await communications.SqlAsync<string>("SELECT string_agg(id::text, ' ') FROM transcript_segments");
        var activity = (await communications.OnlyConversationAsync()).GetProperty("last_activity_at").GetString();

        await communications.PutTranscriptAsync(id, "person: Hi, this is John Smith.");

        Assert.Equal(before, await communications.SqlAsync<string>("SELECT string_agg(id::text, ' ') FROM transcript_segments"));
        Assert.Equal(activity, (await communications.OnlyConversationAsync()).GetProperty("last_activity_at").GetString());
    }

    [Fact]
    public async Task Replacements_at_the_same_time_end_in_one_of_them()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var id = await communications.CallAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => communications.PutTranscriptAsync(id, [.. Enumerable.Repeat($"person: Version {i}", i + 1)]))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        var texts = (await communications.GetAsync($"/v1/conversations/{id}/transcript"))
            .GetProperty("segments")
            .EnumerateArray()
            .Select(segment => segment.GetProperty("text").GetString())
            .ToList();
        Assert.Equal($"Version {texts.Count - 1}", Assert.Single(texts.Distinct()));
    }

    [Fact]
    public async Task What_is_no_transcript_is_refused()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var id = await communications.CallAsync();
        object[] refused =
        [
            new { },
            new { segments = (object?)null },
            new { segments = new[] { new { speaker = "person", text = "" } } },
            new { segments = new[] { new { speaker = "person", text = new string('x', 4001) } } },
            new { segments = new[] { new { speaker = "robot", text = "Hi" } } },
            new { segments = new[] { new { speaker = "person", text = "a\0b" } } },
            new
            {
                segments = new[]
                {
                    new
                    {
                        speaker = "person",
                        text = "Hi",
                        offset_ms = -1,
                    },
                },
            },
            new
            {
                segments = new[]
                {
                    new
                    {
                        speaker = "person",
                        text = "Hi",
                        tag = "VIP",
                    },
                },
            },
            new { segments = Enumerable.Repeat(new { speaker = "person", text = "Hi" }, 5001) },
        ];

        foreach (var body in refused)
        {
            var answer = await communications.Api.PutAsJsonAsync($"/v1/conversations/{id}/transcript", body);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{body}: {answer.StatusCode}");
        }
        var most = new { segments = Enumerable.Repeat(new { speaker = "person", text = "Hi" }, 5000) };
        Assert.Equal(HttpStatusCode.NoContent, (await communications.Api.PutAsJsonAsync($"/v1/conversations/{id}/transcript", most)).StatusCode);
    }

    [Fact]
    public async Task Only_a_call_of_ones_own_workspace_takes_one()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var call = await communications.CallAsync();
        await communications.TextAsync(Calls.Caller, "Hello");
        var text = (await communications.ConversationsAsync("?channel=text"))[0].GetProperty("id").GetGuid();
        var body = new { segments = new[] { new { speaker = "person", text = "Hi" } } };
        using var other = communications.Factory.CreateClient(Guid.CreateVersion7());
        using var reader = communications.Factory.CreateClient(communications.WorkspaceId, "conversations:read");

        Assert.Equal(HttpStatusCode.Conflict, (await communications.Api.PutAsJsonAsync($"/v1/conversations/{text}/transcript", body)).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await communications.Api.PutAsJsonAsync($"/v1/conversations/{Guid.CreateVersion7()}/transcript", body)).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await other.PutAsJsonAsync($"/v1/conversations/{call}/transcript", body)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/v1/conversations/{call}/transcript")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PutAsJsonAsync($"/v1/conversations/{call}/transcript", body)).StatusCode);
    }
}
