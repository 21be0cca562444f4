using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Model;

internal sealed class RabbitMQServerResource(string name) : Resource(name), IResourceWithConnectionString
{
    /// <summary>Set when the run's ports are settled, before anything starts.</summary>
    public RabbitMqServer? Server { get; set; }

    public string ConnectionString => (Server ?? throw new InvalidOperationException("The ports are not settled yet.")).AmqpUri.OriginalString;
}

internal static class RabbitMqExtensions
{
    public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new RabbitMQServerResource(name));

    /// <summary>Always there: the server library needs it anyway.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithManagementPlugin(this IResourceBuilder<RabbitMQServerResource> builder) => builder;

    /// <summary>The data folder always keeps it.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(this IResourceBuilder<RabbitMQServerResource> builder) => builder;

    /// <summary>The process ends with the run; its data stays.</summary>
    public static IResourceBuilder<RabbitMQServerResource> WithLifetime(this IResourceBuilder<RabbitMQServerResource> builder, ContainerLifetime lifetime) =>
        builder;
}
