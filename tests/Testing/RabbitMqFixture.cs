using Contacts.AppHost.Local.Servers;
using Xunit;

namespace Testing;

/// <summary>A private RabbitMQ for one test assembly, with throw-away data.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"contacts-tests-{Guid.CreateVersion7():N}");

    public RabbitMqServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RabbitMqServer.StartAsync(new RabbitMqOptions(_directory, Durable: false));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
