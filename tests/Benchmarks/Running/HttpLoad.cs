using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks.Running;

/// <summary>
/// Requests over connections that stay open, one at a time on each. On bare sockets, because the load shares the machine's two cores with what it measures: HttpClient
/// would take about as much of them as the server.
/// </summary>
internal static class HttpLoad
{
    /// <param name="request">The head of the next GET, whole.</param>
    /// <returns>Answers per second; every answer must be 200 and contain <paramref name="expected"/>.</returns>
    public static async Task<double> RateAsync(Uri url, int connections, TimeSpan time, Func<byte[]> request, string expected)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Run(() => RunAsync(url, clock, time, request, Encoding.ASCII.GetBytes(expected))))
        );
        return done.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<int> RunAsync(Uri url, Stopwatch clock, TimeSpan time, Func<byte[]> request, byte[] expected)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port);
        var stream = client.GetStream();
        var buffer = new byte[64 * 1024];
        var count = 0;
        for (; clock.Elapsed < time; count++)
        {
            await stream.WriteAsync(request());
            var length = 0;
            do
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length));
                length = read > 0 ? length + read : throw new IOException("The server closed the connection.");
            } while (!IsComplete(buffer.AsSpan(0, length)));
            var answer = buffer.AsSpan(0, length);
            if (!answer.StartsWith("HTTP/1.1 200"u8) || answer.IndexOf(expected) < 0)
            {
                throw new InvalidOperationException("Unexpected answer: " + Encoding.UTF8.GetString(answer));
            }
        }
        return count;
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }
        var length = answer[..head].IndexOf("\r\nContent-Length: "u8);
        if (length < 0)
        {
            return answer.EndsWith("\r\n0\r\n\r\n"u8);
        }
        var digits = answer[(length + "\r\nContent-Length: "u8.Length)..head];
        var end = digits.IndexOf((byte)'\r');
        return answer.Length >= head + 4 + int.Parse(end < 0 ? digits : digits[..end], System.Globalization.CultureInfo.InvariantCulture);
    }
}
