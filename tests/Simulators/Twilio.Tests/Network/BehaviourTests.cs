using System.Net.Http.Json;
using System.Text.Json;

namespace Simulators.Twilio.Tests.Network;

public class BehaviourTests
{
    [Fact]
    public async Task Behaviour_can_be_changed_within_its_bounds()
    {
        await using var simulator = await SimulatorUnderTest.StartAsync();

        using var refused = await simulator.Http.PutAsJsonAsync("/simulator/behaviour", new { message_step_ms = -1 });
        using var taken = await simulator.Http.PutAsJsonAsync("/simulator/behaviour", new { message_step_ms = 7 });

        Assert.Equal((400, 200), ((int)refused.StatusCode, (int)taken.StatusCode));
        Assert.Equal(7, (await simulator.Http.GetFromJsonAsync<JsonElement>("/simulator/behaviour")).GetProperty("message_step_ms").GetInt32());
    }
}
