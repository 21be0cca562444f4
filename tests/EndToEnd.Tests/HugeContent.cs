using System.Net;

namespace EndToEnd.Tests;

/// <summary>A hundred megabytes, made as they are sent; with or without a Content-Length.</summary>
internal sealed class HugeContent : HttpContent
{
    private const long Size = 100 * 1024 * 1024;
    private readonly bool _announced;

    public HugeContent(bool announced)
    {
        _announced = announced;
        Headers.ContentType = new("application/json");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var chunk = new byte[64 * 1024];
        Array.Fill(chunk, (byte)' ');
        for (long sent = 0; sent < Size; sent += chunk.Length)
        {
            await stream.WriteAsync(chunk);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = Size;
        return _announced;
    }
}
