using System.Net.Http.Headers;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Calls;
using Simulators.Twilio.Messages;
using Simulators.Twilio.Network;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Demo;

/// <summary>
/// Fills the demo through the real webhooks: registers the business's number by the public API, then plays <see cref="DemoScript"/>. Every SID is fixed, so that a second
/// start repeats what the system already has.
/// </summary>
internal sealed partial class DemoDay(
    InboundTexts texts,
    InboundCalls calls,
    DemoChats chats,
    PublicUrl publicUrl,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<DemoDay> logger
) : BackgroundService
{
    private static readonly RetryPolicy Patient = RetryPolicy.Persistent(tries: 8, TimeSpan.FromMilliseconds(250));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        await UntilAsync(() => IsHealthyAsync(http, stoppingToken), stoppingToken);
        await UntilAsync(() => RegisterNumberAsync(http, stoppingToken), stoppingToken);
        foreach (var (index, scene) in DemoScript.Day.Index())
            await PlayAsync(scene, index, stoppingToken);
        await chats.PlayAsync(http, stoppingToken);
        Played(DemoScript.Day.Count);
    }

    private async Task PlayAsync(DemoScene scene, int index, CancellationToken cancellation)
    {
        if (scene.Call is { } call)
        {
            var placed = new InboundCall(
                scene.From,
                DemoScript.BusinessNumber,
                Sids.Of("CA", $"demo/{index}"),
                call.Seconds > 0 ? call.Seconds : null,
                call.Outcome,
                call.Recording,
                CallbackOrder.InOrder,
                StatusSubscription.AllEvents,
                PlaceCall.Attestation(scene.From),
                call.CallerName,
                scene.Says
            );
            await calls.PlayAsync(calls.Ring(placed, cancellation), placed, cancellation);
            return;
        }

        foreach (var (part, body) in scene.Says.Index())
        {
            var media = part == 0 ? scene.Media : [];
            var message = texts.Receive(scene.From, DemoScript.BusinessNumber, body, media, Sids.Of(media.Count > 0 ? "MM" : "SM", $"demo/{index}/{part}"));
            var delivery = await texts.DeliverAsync(message, Patient, cancellation);
            if (!delivery.Acknowledged)
                NotTaken(message.Sid, delivery.Status, delivery.Error);
        }
    }

    private async Task<bool> IsHealthyAsync(HttpClient http, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(publicUrl.Health, cancellation);
        return answer.IsSuccessStatusCode;
    }

    private async Task<bool> RegisterNumberAsync(HttpClient http, CancellationToken cancellation)
    {
        var number = publicUrl.At($"/v1/phone-numbers/{Uri.EscapeDataString(DemoScript.BusinessNumber)}");
        using var request = new HttpRequestMessage(HttpMethod.Put, number)
        {
            Content = JsonContent.Create(
                new { label = "Main line", answer = new { kind = "say", text = "Thank you for calling Harbour Dental. How can we help?" } }
            ),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", configuration["Demo:ApiKey"]);
        using var answer = await http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
            NotRegistered((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        return answer.IsSuccessStatusCode;
    }

    private async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellation)
    {
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = TimeSpan.FromSeconds(Math.Min(5, pause.TotalSeconds * 2)))
        {
            try
            {
                if (await condition())
                    return;
            }
            catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                // Not up yet: that is what is being waited for.
            }
            await Task.Delay(pause, clock, cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo day is played: {Scenes} scenes")]
    private partial void Played(int scenes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo text {Sid} was not taken: {Status} {Error}")]
    private partial void NotTaken(string sid, int? status, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo number could not be registered yet: {Status} {Body}")]
    private partial void NotRegistered(int status, string body);
}
