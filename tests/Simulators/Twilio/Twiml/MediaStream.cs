using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Twiml;

/// <summary>
/// A bidirectional media stream (https://www.twilio.com/docs/voice/media-streams/websocket-messages): connected, start, media of 20 ms of mu-law at 8 kHz, stop.
/// What the other side sends is read and dropped. Without an agent that hangs up, a person stays for half a minute.
/// </summary>
internal sealed class MediaStream(TwilioAccount account)
{
    private const int FramesPerSecond = 50;
    private const double SecondsOfTalk = 30;
    private static readonly string Silence = Convert.ToBase64String(Enumerable.Repeat((byte)0xFF, 160).ToArray());

    /// <returns>Whether the line still stands.</returns>
    public async Task<bool> RunAsync(LiveCall line, string url, Dictionary<string, string> parameters, CancellationToken cancellation)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Twilio-Signature", WebhookSignature.Sign(account.AuthToken, url, []));
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(5));
            await socket.ConnectAsync(new Uri(url), patience.Token);
        }
        catch (Exception failure)
            when (failure is WebSocketException or UriFormatException or ArgumentException or NotSupportedException
                || (failure is OperationCanceledException && !cancellation.IsCancellationRequested)
            )
        {
            line.Play($"error 31920: stream: {failure.GetBaseException().Message}");
            return line.IsOnTheLine;
        }

        try
        {
            return await TalkAsync(line, socket, parameters, cancellation);
        }
        catch (WebSocketException failure)
        {
            line.Play($"error 31924: stream: {failure.Message}");
            return line.IsOnTheLine;
        }
    }

    private async Task<bool> TalkAsync(LiveCall line, ClientWebSocket socket, Dictionary<string, string> parameters, CancellationToken cancellation)
    {
        var stream = Sids.Of("MZ", line.Call.Sid);
        var closed = DrainAsync(socket, cancellation);
        var sequence = 0;
        await SendAsync(
            new
            {
                @event = "connected",
                protocol = "Call",
                version = "1.0.0",
            }
        );
        var start = new
        {
            accountSid = account.AccountSid,
            streamSid = stream,
            callSid = line.Call.Sid,
            tracks = new[] { "inbound" },
            mediaFormat = new
            {
                encoding = "audio/x-mulaw",
                sampleRate = 8000,
                channels = 1,
            },
            customParameters = parameters,
        };
        await SendAsync(
            new
            {
                @event = "start",
                sequenceNumber = Next(),
                start,
                streamSid = stream,
            }
        );

        var stayed = true;
        var chunk = 0;
        for (var second = 0; stayed && !closed.IsCompleted && second < (double.IsFinite(line.Patience) ? double.MaxValue : SecondsOfTalk); second++)
        {
            for (var frame = 0; frame < FramesPerSecond && !closed.IsCompleted; frame++)
            {
                var media = new
                {
                    track = "inbound",
                    chunk = Text(++chunk),
                    timestamp = Text(chunk * 20),
                    payload = Silence,
                };
                await SendAsync(
                    new
                    {
                        @event = "media",
                        sequenceNumber = Next(),
                        media,
                        streamSid = stream,
                    }
                );
            }
            stayed = await line.PassAsync(1, cancellation);
        }
        if (!closed.IsCompleted)
        {
            await SendAsync(
                new
                {
                    @event = "stop",
                    sequenceNumber = Next(),
                    stop = new { accountSid = account.AccountSid, callSid = line.Call.Sid },
                    streamSid = stream,
                }
            );
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        return stayed;

        Task SendAsync(object message) =>
            socket.State == WebSocketState.Open
                ? socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellation)
                : Task.CompletedTask;

        string Next() => Text(++sequence);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task DrainAsync(ClientWebSocket socket, CancellationToken cancellation)
    {
        var buffer = new byte[8 * 1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), cancellation)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is gone: that ends the stream as a close does.
        }
    }
}
