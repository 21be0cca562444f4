using System.Text.Json;
using Dapper;
using Messages;
using Messaging;
using Messaging.Consuming;
using Messaging.Sending;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Npgsql;
using ServiceDefaults.Authentication;

namespace Testing;

/// <summary>
/// One service in this process, on a fresh real database, without a broker: what it enqueues stays in its outbox to be read, and events are handed to its handlers directly.
/// </summary>
public sealed class ServiceFactory<TProgram> : WebApplicationFactory<TProgram>
    where TProgram : class
{
    private readonly string _connectionName;
    private readonly string _connectionString;
    private readonly IReadOnlyDictionary<string, string?> _settings;
    private readonly Action<IServiceCollection>? _configureServices;

    private ServiceFactory(
        string connectionName,
        string connectionString,
        IReadOnlyDictionary<string, string?>? settings,
        Action<IServiceCollection>? configureServices
    )
    {
        _connectionName = connectionName;
        _connectionString = connectionString;
        _settings = settings ?? new Dictionary<string, string?>();
        _configureServices = configureServices;
    }

    /// <summary>The database owner's connection string: sees all workspaces.</summary>
    public string OwnerConnectionString => _connectionString;

    /// <summary>The same for a look from outside: each test has its own database, and idle connections to all of them would fill the server.</summary>
    public string UnpooledConnectionString => new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString;

    /// <param name="connectionName">Name of the service's connection string, such as <c>contactsdb</c>.</param>
    public static async Task<ServiceFactory<TProgram>> CreateAsync(
        PostgresFixture postgres,
        string connectionName,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configureServices = null
    ) => new(connectionName, await postgres.CreateDatabaseAsync(connectionName), settings, configureServices);

    /// <summary>A client that carries an internal token of this workspace; all scopes where none are given.</summary>
    public HttpClient CreateClient(Guid workspaceId, params string[] scopes)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.Create(workspaceId, scopes.Length == 0 ? Scopes.All : scopes));
        return client;
    }

    /// <summary>Runs every handler that the service has for this event type, as the broker's delivery would.</summary>
    public async Task DeliverAsync<T>(params Event<T>[] events)
        where T : class
    {
        foreach (var dispatcher in Services.GetServices<IEventDispatcher<T>>())
        {
            await dispatcher.DispatchAsync(events, CancellationToken.None);
        }
    }

    /// <summary>The events of this type that wait in the outbox, oldest first.</summary>
    public async Task<IReadOnlyList<Event<T>>> OutboxAsync<T>()
        where T : class => [.. (await OutboxJsonAsync<T>()).Select(json => JsonSerializer.Deserialize<Event<T>>(json, MessageJson.Options)!)];

    /// <summary>The same as the very text that would travel.</summary>
    public async Task<IReadOnlyList<string>> OutboxJsonAsync<T>()
        where T : class
    {
        await using var connection = new NpgsqlConnection(UnpooledConnectionString);
        return [.. await connection.QueryAsync<string>("SELECT event FROM outbox WHERE type = @type ORDER BY id", new { type = EventName.Of<T>() })];
    }

    /// <summary>Idle connections of the owner would stay open for minutes, one database's after another's, until the server has no more.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await using var connection = new NpgsqlConnection(_connectionString);
        NpgsqlConnection.ClearPool(connection);
        GC.SuppressFinalize(this);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.UseSetting($"ConnectionStrings:{_connectionName}", _connectionString);
        builder.UseSetting("ConnectionStrings:messaging", "amqp://guest:guest@127.0.0.1:1");
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
        builder.ConfigureTestServices(services =>
        {
            TurnOffBroker(services);
            services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, TrustTestKey);
            _configureServices?.Invoke(services);
        });
    }

    private static void TurnOffBroker(IServiceCollection services)
    {
        var broker = services
            .Where(service => service.ServiceType == typeof(IHostedService))
            .Where(service =>
                service.ImplementationType is { } type
                && (type == typeof(OutboxRelay) || type.Assembly.GetName().Name!.StartsWith("MassTransit", StringComparison.Ordinal))
            )
            .ToList();
        broker.ForEach(service => services.Remove(service));
    }

    private static void TrustTestKey(JwtBearerOptions options)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = InternalToken.Issuer };
        configuration.SigningKeys.Add(TestTokens.Key);
        options.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(configuration);
    }
}
