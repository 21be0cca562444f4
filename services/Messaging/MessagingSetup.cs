using MassTransit;
using Messaging.Consuming;
using Messaging.Sending;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using ServiceDefaults.Postgres;

namespace Messaging;

public static class MessagingSetup
{
    /// <summary>
    /// Connects the service to RabbitMQ (<c>ConnectionStrings:messaging</c>). With a database (<c>AddPostgres</c>) it gets the outbox, its relay and the inbox; without one
    /// it can only listen.
    /// </summary>
    /// <param name="service">The service's short name, the first part of its queues' names.</param>
    public static WebApplicationBuilder AddMessaging(this WebApplicationBuilder builder, string service, Action<MessagingBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var messaging = new MessagingBuilder(service);
        configure?.Invoke(messaging);

        if (messaging.Publications.Count + messaging.Handlers.Count > 0)
        {
            builder.AddOutboxAndInbox(messaging);
        }
        builder.Services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(10));
        builder.Services.AddMassTransit(bus =>
        {
            bus.ConfigureHealthCheckOptions(health =>
            {
                health.Name = "RabbitMQ";
                health.MinimalFailureStatus = HealthStatus.Degraded;
            });
            messaging.Handlers.ForEach(handler => handler.Register(builder.Services, bus));
            messaging.Listeners.ForEach(listener => listener.Register(builder.Services, bus));
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(
                        new Uri(
                            context.GetRequiredService<IConfiguration>().GetConnectionString("messaging")
                                ?? throw new InvalidOperationException("ConnectionStrings:messaging is missing: set it to RabbitMQ's amqp:// address.")
                        )
                    );
                    rabbit.ConfigureJsonSerializerOptions(MessageJson.Configure);
                    rabbit.DeployPublishTopology = true;
                    messaging.Publications.ForEach(publication => publication.Declare(rabbit));
                    messaging.Handlers.ForEach(handler => handler.Configure(rabbit, context));
                    messaging.Listeners.ForEach(listener => listener.Configure(rabbit, context));
                }
            );
        });
        return builder;
    }

    private static void AddOutboxAndInbox(this WebApplicationBuilder builder, MessagingBuilder messaging)
    {
        builder.Services.Configure<PostgresOptions>(options => options.Migrations.Add(typeof(MessagingSetup).Assembly));
        messaging.Publications.ForEach(publication => builder.Services.AddSingleton(publication));
        builder.Services.AddSingleton<OutboxSignal>();
        builder.Services.AddSingleton<Outbox>();
        builder.Services.AddHostedService<OutboxRelay>();
        // Events carry versions, so even a replay that comes later than that does no harm.
        builder.Services.ForgetHourly(
            "inbox entries",
            """
            WITH gone AS (
                DELETE FROM inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE received_at < now() - interval '7 days' LIMIT $1)) RETURNING 1
            )
            SELECT count(*)::int FROM gone
            """
        );
    }
}
