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

        var answer = "";
        var buffer = new byte[4_096];
        while (!answer.Contains("trace_id", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(1));
            Assert.NotEqual(0, read);
            answer += Encoding.UTF8.GetString(buffer, 0, read);
        }

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("urn:contacts:problem:too-large", answer, StringComparison.Ordinal);
        Assert.Empty(Contacts.Requests);
    }

    [Fact]
    public async Task A_client_that_sends_on_regardless_is_cut_off_after_a_few_megabytes()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync("POST /webhooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n"u8.ToArray());
        var sent = 0;
        try
        {
            for (; sent < 100_000_000; sent += 65_536)
            {
                await stream.WriteAsync(new byte[65_536]);
            }
        }
        catch (IOException)
        {
            // Reset.
        }

        Assert.InRange(sent, 0, 20_000_000);
    }

    [Theory]
    [InlineData("/functions/v1/create-contact", 1024 * 1024, true)]
    [InlineData("/functions/v1/create-contact", (1024 * 1024) + 1, false)]
    [InlineData("/v1/contacts/batch", 8 * 1024 * 1024, true)]
    [InlineData("/v1/contacts/batch", (8 * 1024 * 1024) + 1, false)]
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
