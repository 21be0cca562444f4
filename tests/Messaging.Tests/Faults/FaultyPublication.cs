using MassTransit;
using Messages.CommunicationsIngest;
using Messaging.Sending;

namespace Messaging.Tests.Faults;

/// <summary>Publishes as the real one does, with something happening before or after: the places where a relay can die.</summary>
internal sealed record FaultyPublication(Func<Task> Before, Func<Task> After) : Publication(Real.EventName)
{
    private static readonly Publication<InteractionRecorded> Real = new();

    public override async Task PublishAsync(IBus bus, IEnumerable<string> events, CancellationToken cancellationToken)
    {
        await Before();
        await Real.PublishAsync(bus, events, cancellationToken);
        await After();
    }

    public override void Declare(IRabbitMqBusFactoryConfigurator bus) => Real.Declare(bus);
}
