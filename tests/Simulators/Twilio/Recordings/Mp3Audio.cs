namespace Simulators.Twilio.Recordings;

/// <summary>
/// Playable MP3 of a given length, silent: frames of MPEG-2 layer III, 24 kHz mono at 32 kbit/s (96 bytes and 24 ms each), whose side information is all zero,
/// which decodes to silence. An encoder for more would be a dependency for nothing.
/// </summary>
internal static class Mp3Audio
{
    private const int FrameLength = 96;

    public static async Task WriteAsync(Stream output, Recording recording, CancellationToken cancellation)
    {
        var frame = new byte[FrameLength];
        new byte[] { 0xFF, 0xF3, 0x44, 0xC0 }.CopyTo(frame, 0);
        for (var count = recording.DurationSeconds * 1000 / 24; count > 0; count--)
            await output.WriteAsync(frame, cancellation);
    }
}
