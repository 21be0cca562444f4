using Contacts.AppHost.Local.Servers;

namespace Benchmarks;

/// <summary>A private PostgreSQL (durable: fsync is part of what is measured) and RabbitMQ with throw-away data.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly string _directory;

    private Servers(string directory, PostgresServer postgres, RabbitMqServer rabbit)
    {
        _directory = directory;
        Postgres = postgres;
        Rabbit = rabbit;
    }

    public PostgresServer Postgres { get; }

    public RabbitMqServer Rabbit { get; }

    public static async Task<Servers> StartAsync()
    {
        var directory = Path.Combine(Path.GetTempPath(), $"contacts-benchmarks-{Guid.CreateVersion7():N}");
        return new(
            directory,
            await PostgresServer.StartAsync(new PostgresOptions(Path.Combine(directory, "postgres"))),
            await RabbitMqServer.StartAsync(new RabbitMqOptions(Path.Combine(directory, "rabbitmq")))
        );
    }

    public async Task<string> DatabaseAsync(string name)
    {
        await Postgres.CreateDatabaseAsync(name);
        return Postgres.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        await Rabbit.DisposeAsync();
        await Postgres.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
