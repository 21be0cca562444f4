using Microsoft.AspNetCore.Http;

namespace Simulators.Twilio.Tests.Demo;

public class DemoChatsTests
{
    private const string Sessions = "/v1/chat/sessions";

    [Fact]
    public async Task Visitors_chat_once_and_not_again_when_the_widget_is_there()
    {
        var first = await PlayAsync("""{"data":[]}""");
        var second = await PlayAsync("""{"data":[{"name":"Harbour Dental web site"}]}""");

        Assert.Equal(3, first.Count(path => path == Sessions));
        Assert.Equal(4, first.Count(path => path == $"{Sessions}/s1/messages"));
        Assert.DoesNotContain(second, path => path.StartsWith(Sessions, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_that_is_no_answer_does_not_end_the_simulator()
    {
        var paths = await PlayAsync("this is not JSON");

        Assert.Contains("/v1/chat/widgets", paths);
    }

    private static async Task<List<string>> PlayAsync(string widgets)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = (request, context) =>
            request.Path switch
            {
                "/v1/chat/widgets" when context.Request.Method == "GET" => context.Response.WriteAsync(widgets),
                "/v1/chat/widgets" => context.Response.WriteAsync("""{"id":"w1"}"""),
                Sessions => context.Response.WriteAsync("""{"id":"s1","visitor_token":"cv_test"}"""),
                $"{Sessions}/s1/messages" => context.Response.WriteAsync("{}"),
                _ when request.Path.StartsWith("/webhooks", StringComparison.Ordinal) => Receiver.Twiml(context, "<Response/>"),
                _ => Task.CompletedTask,
            };
        await using var simulator = await SimulatorUnderTest.StartAsync(("Demo:Seed", "true"), ("Demo:ApiKey", "ck_test"), ("PublicUrl", receiver.Url));

        await SimulatorUnderTest.UntilAsync(() => receiver.Requests.Any(request => request.Path == "/v1/chat/widgets"));
        // What follows the widget follows at once.
        await Task.Delay(TimeSpan.FromSeconds(1));
        return [.. receiver.Requests.Select(request => request.Path)];
    }
}
