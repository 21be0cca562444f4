using System.Buffers.Binary;

namespace Simulators.Twilio.Recordings;

/// <summary>Playable audio of a given length: 16 bit PCM at 8 kHz, a voice-like hum in syllables whose pitch comes from the recording's SID.</summary>
internal static class WavAudio
{
    private const int Rate = 8000;
    private const int HeaderLength = 44;

    public static long Length(Recording recording) => HeaderLength + (long)DataLength(recording);

    public static async Task WriteAsync(Stream output, Recording recording, CancellationToken cancellation)
    {
        await output.WriteAsync(Header(recording), cancellation);
        for (var second = 0; second < recording.DurationSeconds; second++)
            await output.WriteAsync(Second(recording, second), cancellation);
    }

    private static int DataLength(Recording recording) => recording.DurationSeconds * Rate * 2 * recording.Channels;

    private static byte[] Header(Recording recording)
    {
        var header = new byte[HeaderLength];
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), 36 + DataLength(recording));
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), (short)recording.Channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), Rate * 2 * recording.Channels);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)(2 * recording.Channels));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), DataLength(recording));
        return header;
    }

    private static byte[] Second(Recording recording, int second)
    {
        var pitch = 110 + Convert.ToInt32(recording.Sid[2..4], 16) / 2.0;
        var samples = new byte[Rate * 2 * recording.Channels];
        for (var index = 0; index < Rate; index++)
        {
            var time = second + index / (double)Rate;
            var syllable = Math.Max(0, Math.Sin(2 * Math.PI * 3.5 * time)) * (Math.Sin(2 * Math.PI * 0.23 * time) > -0.6 ? 1 : 0);
            var wave = Math.Sin(2 * Math.PI * pitch * time) + 0.4 * Math.Sin(4 * Math.PI * pitch * time) + 0.2 * Math.Sin(8 * Math.PI * pitch * time);
            for (var channel = 0; channel < recording.Channels; channel++)
                BinaryPrimitives.WriteInt16LittleEndian(samples.AsSpan((index * recording.Channels + channel) * 2), (short)(4000 * syllable * wave));
        }
        return samples;
    }
}
