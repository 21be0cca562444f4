using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gateway.Tests.Limits;

public sealed class RequestSizeTests : GatewayTests
{
    [Fact]
    public async Task A_body_of_100_MB_is_refused_before_it_is_sent()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        var stream = socket.GetStream();
        var head =
            $"POST /functions/v1/create-contact HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Identity.GiveOut().Key}\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));

        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("urn:contacts:problem:too-large", answer, StringComparison.Ordinal);
        Assert.Empty(Contacts.Requests);
    }

    [Theory]
    [InlineData("/functions/v1/create-contact", 1024 * 1024, true)]
    [InlineData("/functions/v1/create-contact", (1024 * 1024) + 1, false)]
    [InlineData("/webhooks/x", 256 * 1024, true)]
    [InlineData("/webhooks/x", (256 * 1024) + 1, false)]
    public async Task Each_route_has_its_bound_also_when_the_length_is_not_announced(string path, int bytes, bool passes)
    {
        Contacts.Answer = Communications.Answer = async context => await context.Request.Body.CopyToAsync(Stream.Null);
        foreach (var isAnnounced in new[] { true, false })
        {
            using var content = new StreamContent(new MemoryStream(new byte[bytes]));
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.Authorization = new("Bearer", Identity.GiveOut().Key);
            request.Headers.TransferEncodingChunked = !isAnnounced;
            using var response = await Client.SendAsync(request);

            if (passes)
            {
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
            else
            {
                await response.ProblemAsync(413, "too-large");
            }
        }
    }
}
