using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.Routing;

public sealed class RoutesTests : GatewayTests
{
    [Theory]
    [InlineData("/v1/contacts", "contacts")]
    [InlineData("/v1/contacts/0190", "contacts")]
    [InlineData("/v1/contacts/0190/timeline", "communications")]
    [InlineData("/functions/v1/create-contact", "contacts")]
    [InlineData("/", "web")]
    [InlineData("/contacts/1", "web")]
    [InlineData("/webhooks/twilio/messages", "communications")]
    public async Task Each_path_goes_to_the_service_that_documents_it(string path, string service)
    {
        using var response = await GetAsync(path, Identity.GiveOut().Key);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(service, (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["service"]);
    }

    [Theory]
    [InlineData("/v1/imports")]
    [InlineData("/v1/contacts/1/2/3")]
    [InlineData("/v1")]
    [InlineData("/functions/v1/other")]
    [InlineData("/mcp")]
    [InlineData("/internal/credentials/resolve")]
    [InlineData("/v1/%2e%2e/internal/credentials/resolve")]
    [InlineData("/v1/..%2finternal/credentials/resolve")]
    public async Task What_is_not_built_or_not_for_outside_is_not_found(string path)
    {
        using var response = await GetAsync(path, Identity.GiveOut().Key);

        await response.ProblemAsync(404, "not-found");
        Assert.Equal(0, Identity.LookUps);
        Assert.Empty(Web.Requests);
    }

    [Fact]
    public async Task A_web_socket_passes()
    {
        Web.Answer = async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(Encoding.ASCII.GetBytes("hello"), WebSocketMessageType.Text, true, CancellationToken.None);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        };
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new UriBuilder(Client.BaseAddress!) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);

        var buffer = new byte[16];
        var received = await client.ReceiveAsync(buffer, CancellationToken.None);

        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, received.Count));
    }

    [Fact]
    public async Task An_event_stream_passes_as_it_comes()
    {
        var goOn = new TaskCompletionSource();
        Web.Answer = async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync("data: 1\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await goOn.Task;
        };
        using var response = await Client.GetAsync("/events", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("data: 1", await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(5)));
        goOn.SetResult();
    }

    [Fact]
    public async Task The_trace_context_goes_through()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        using var response = await Client.SendAsync(request);

        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", Web.Requests.Single().Headers["traceparent"], StringComparison.Ordinal);
    }
}
