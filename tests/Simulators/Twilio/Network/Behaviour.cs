using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Network;

/// <summary>How the provider and its network behave; configuration section <c>Simulator</c>, changed at run time by <c>PUT /simulator/behaviour</c>.</summary>
public sealed record Behaviour
{
    /// <summary>Real seconds that one second of a call takes; 1 is real time. Reported durations and times do not change with it.</summary>
    [Range(0, 10)]
    public double TimeScale { get; init; } = 0.01;

    /// <summary>Milliseconds between two states of a sent message.</summary>
    [Range(0, 600_000)]
    public int MessageStepMs { get; init; } = 150;

    /// <summary>Order of the status callbacks of sent messages and of calls placed through the REST API.</summary>
    public CallbackOrder Callbacks { get; init; } = CallbackOrder.InOrder;

    /// <summary>REST requests answered in one second; 0 is no limit.</summary>
    [Range(0, 1_000_000)]
    public int RestRequestsPerSecond { get; init; } = 100;
}

internal sealed class BehaviourSetting(Behaviour initial)
{
    private volatile Behaviour current = initial;

    public Behaviour Current => current;

    public static Ok<Behaviour> Get(BehaviourSetting setting) => TypedResults.Ok(setting.current);

    public static Ok<Behaviour> Put(Behaviour behaviour, BehaviourSetting setting)
    {
        setting.current = behaviour;
        return TypedResults.Ok(behaviour);
    }
}
