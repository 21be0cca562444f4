using Contacts.AppHost.Local.Servers;
using Testing;

namespace Messaging.Tests;

/// <summary>A RabbitMQ node that one test has for itself, to kill it.</summary>
internal sealed class OwnBroker : IAsyncDisposable
{
    private readonly RabbitMqFixture _fixture = new();

    public RabbitMqServer Server => _fixture.Server;

    public Uri Uri => Server.AmqpUri;

    public ValueTask StartAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();
}
