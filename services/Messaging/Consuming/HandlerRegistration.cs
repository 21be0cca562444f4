using MassTransit;
using Messages;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults.Postgres;

namespace Messaging.Consuming;

/// <summary>A handler, its event and its queue.</summary>
internal abstract record HandlerRegistration(string Queue)
{
    public abstract void Register(IServiceCollection services, IBusRegistrationConfigurator bus);

    public abstract void Configure(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context);
}

internal sealed record HandlerRegistration<THandler, T>(string Queue) : HandlerRegistration(Queue)
    where THandler : class, IHandleEvents<T>
    where T : class
{
    public override void Register(IServiceCollection services, IBusRegistrationConfigurator bus)
    {
        services.AddScoped<THandler>();
        services.AddSingleton<EventDispatcher<THandler, T>>();
        services.AddSingleton<IEventDispatcher<T>>(provider => provider.GetRequiredService<EventDispatcher<THandler, T>>());
        bus.AddConsumer<EventConsumer<THandler, T>>();
    }

    public override void Configure(IRabbitMqBusFactoryConfigurator bus, IBusRegistrationContext context) =>
        bus.ReceiveEndpoint(
            Queue,
            endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.PrefetchCount = 16;
                endpoint.ConcurrentMessageLimit = 4;
                // A restarting database: wait for it, up to about a quarter of an hour.
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Handle<Exception>(Transient.Is);
                    retry.Exponential(40, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(300));
                });
                // Anything else twice more (a race may be gone by then), then the error queue with its reason.
                endpoint.UseMessageRetry(retry =>
                {
                    retry.Ignore<Exception>(Transient.Is);
                    retry.Intervals(100, 1_000);
                });
                endpoint.ConfigureConsumer<EventConsumer<THandler, T>>(context);
            }
        );
}
