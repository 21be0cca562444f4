using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Simulators.Twilio.Tests.Twiml;

/// <summary>A voice agent that takes a media stream and says nothing.</summary>
internal sealed class StreamAgent : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<JsonElement> messages = [];
    private readonly TaskCompletionSource ended = new();

    private StreamAgent(WebApplication app) => this.app = app;

    public string Url => app.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/media";

    /// <summary>All of the stream, once it has ended.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync()
    {
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return messages;
    }

    public static async Task<StreamAgent> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var agent = new StreamAgent(builder.Build());
        agent.app.UseWebSockets();
        agent.app.Run(async context => await agent.ListenAsync(await context.WebSockets.AcceptWebSocketAsync()));
        await agent.app.StartAsync();
        return agent;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task ListenAsync(WebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (received.MessageType == WebSocketMessageType.Close)
                break;
            messages.Add(JsonDocument.Parse(buffer.AsMemory(0, received.Count).ToArray()).RootElement);
        }
        ended.SetResult();
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
