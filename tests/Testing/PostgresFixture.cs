using Contacts.AppHost.Local.Servers;
using Xunit;

namespace Testing;

/// <summary>
/// A private PostgreSQL for one test assembly, with throw-away data. Use it with <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>; test classes take it in
/// their constructor.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"contacts-tests-{Guid.CreateVersion7():N}");
    private int _databases;

    public PostgresServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await PostgresServer.StartAsync(new PostgresOptions(_directory, Durable: false));

    /// <summary>A fresh, empty database; its owner's connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        var database = $"{name}_{Interlocked.Increment(ref _databases)}";
        await Server.CreateDatabaseAsync(database);
        return Server.ConnectionString(database);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
