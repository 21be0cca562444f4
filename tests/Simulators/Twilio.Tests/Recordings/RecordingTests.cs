using System.Buffers.Binary;
using System.Net.Http.Json;
using System.Text.Json;

namespace Simulators.Twilio.Tests.Recordings;

public class RecordingTests
{
    [Fact]
    public async Task A_recording_is_a_wav_file_as_long_as_the_call_for_its_account_only()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();
        await simulator.PostAsync(
            "/simulator/calls",
            new
            {
                from = SimulatorUnderTest.Theirs,
                to = SimulatorUnderTest.Ours,
                duration_seconds = 7,
                recording = true,
            }
        );
        var url = simulator.Receiver.To("/webhooks/twilio/recordings")[0].Form["RecordingUrl"];

        var wav = await simulator.Api.GetByteArrayAsync(url);

        Assert.Equal("RIFF"u8.ToArray(), wav[..4]);
        Assert.Equal(wav.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(4)));
        Assert.Equal(7 * 8000 * 2, BinaryPrimitives.ReadInt32LittleEndian(wav.AsSpan(40)));
        Assert.Contains(wav.Skip(44), sample => sample != 0);
        Assert.Equal(wav, await simulator.Api.GetByteArrayAsync(url + ".wav"));
        Assert.Equal(7000 / 24 * 96, (await simulator.Api.GetByteArrayAsync(url + ".mp3")).Length);
        Assert.Equal("7", (await simulator.Api.GetFromJsonAsync<JsonElement>(url + ".json")).GetProperty("duration").GetString());
        Assert.Equal(401, (int)(await simulator.Http.GetAsync(url)).StatusCode);
    }
}
