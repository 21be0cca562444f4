using MassTransit;
using Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Messaging.Listening;

/// <summary>A listener, its event, and a queue that lives as long as this process.</summary>
internal abstract record ListenerRegistration(string QueuePrefix)
{
    public abstract void Register(IServiceCollection services, IBusRegistrationConfigurator bus);

    public abstract void Configure(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context);
}

internal sealed record ListenerRegistration<TListener, T>(string QueuePrefix) : ListenerRegistration(QueuePrefix)
    where TListener : class, IHearEvents<T>
    where T : class
{
    public override void Register(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services.AddSingleton<TListener>();
        bus.AddConsumer<Ear>();
    }

    public override void Configure(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context) =>
        bus.ReceiveEndpoint(
            $"{QueuePrefix}.{Guid.CreateVersion7():N}",
            endpoint =>
            {
                endpoint.Durable = false;
                endpoint.AutoDelete = true;
                endpoint.PrefetchCount = 64;
                // What cannot be heard now is of no use later.
                endpoint.DiscardFaultedMessages();
                endpoint.ConfigureConsumer<Ear>(context);
            }
        );

    private sealed class Ear(TListener listener) : IConsumer<EventBatch<T>>
    {
        public Task Consume(ConsumeContext<EventBatch<T>> context) => listener.HearAsync(context.Message.Events, context.CancellationToken);
    }
}
