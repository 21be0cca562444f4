using System.Diagnostics;
using System.Text.Json;
using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Testing;

namespace CommunicationsIngest.Tests.Summaries;

/// <summary>The whole way to an OpenAI-compatible server and back, over HTTP.</summary>
public sealed class ModelEndpointTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_configured_model_reads_a_call()
    {
        var said = ModelReaderTests.Answer(
            "Xochitl wants to return a defective blender and gets a refund.",
            [("name", "Xochitl", "this is xochitl"), ("tags", "VIP", "this is xochitl")]
        );
        var requests = new List<(string Authorization, string Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.MapPost(
            "/v1/chat/completions",
            async (HttpRequest request) =>
            {
                using var reader = new StreamReader(request.Body);
                requests.Add((request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
                return Results.Json(
                    new
                    {
                        id = "1",
                        @object = "chat.completion",
                        created = 1,
                        model = "small",
                        choices = new[]
                        {
                            new
                            {
                                index = 0,
                                finish_reason = "stop",
                                message = new { role = "assistant", content = said },
                            },
                        },
                        usage = new
                        {
                            prompt_tokens = 1,
                            completion_tokens = 1,
                            total_tokens = 2,
                        },
                    }
                );
            }
        );
        await server.StartAsync();
        var traced = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (traced)
                {
                    traced.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var communications = await Communications.StartAsync(
            postgres,
            new Dictionary<string, string?>
            {
                ["Ai:Endpoint"] = server.Urls.First() + "/v1",
                ["Ai:Model"] = "small",
                ["Ai:ApiKey"] = "key",
            }
        );

        var id = await communications.CallAsync();
        await communications.PutTranscriptAsync(id, "person: hi so this is xochitl i want to return a defective blender", "agent: You will get a refund.");
        for (var i = 0; i < 150 && !await communications.SqlAsync<bool>("SELECT summary IS NOT NULL FROM conversations"); i++)
        {
            await Task.Delay(100);
        }

        var conversation = await communications.OnlyConversationAsync();
        Assert.Equal("Xochitl wants to return a defective blender and gets a refund.", conversation.GetProperty("summary").GetString());
        Assert.Equal("model", conversation.GetProperty("summary_source").GetString());
        Assert.Equal("Xochitl", Assert.Single(Assert.Single(await communications.Factory.OutboxAsync<DetailsCaptured>()).Data.Details).Value);
        var request = Assert.Single(requests);
        Assert.Equal("Bearer key", request.Authorization);
        Assert.Equal("json_schema", JsonSerializer.Deserialize<JsonElement>(request.Body).GetProperty("response_format").GetProperty("type").GetString());
        lock (traced)
        {
            Assert.DoesNotContain(
                traced.SelectMany(activity => activity.TagObjects).Where(tag => tag.Key != "db.query.text" && tag.Key != "db.statement"),
                tag => tag.Value?.ToString()?.Contains("blender", StringComparison.OrdinalIgnoreCase) == true
            );
        }
    }
}
