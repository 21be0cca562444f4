using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Engine.Output;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>
/// Brings the database to this version before the service starts working: the role, the plain .sql files of each library and of the service (forward only, each in its own
/// transaction, under an advisory lock, so that replicas may start at once), grants (a table whose comment begins with <c>append-only</c> takes rows and never changes them),
/// and row-level security on every table with a workspace.
/// Waits up to a minute for a database that is not up yet.
/// </summary>
internal sealed class Migrator(IOptions<PostgresOptions> options, ILogger<Migrator> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var waited = TimeSpan.Zero;
        while (true)
        {
            try
            {
                await MigrateAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception) when (Transient.Is(exception) && waited < Patience)
            {
                logger.LogInformation("The database is not up yet ({Reason}); trying again.", exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                waited += TimeSpan.FromSeconds(1);
            }
        }
    }

    private async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // Not pooled: the owner's connections are not needed again, and would stay open for minutes.
        var owner = new NpgsqlConnectionStringBuilder(options.Value.OwnerConnectionString) { Pooling = false }.ConnectionString;
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(cancellationToken);
        await connection.ExecuteAsync("SELECT pg_advisory_lock(hashtext('migrations'))");
        await CreateRoleAsync(connection, ServiceRole.For(owner));
        foreach (var assembly in options.Value.Migrations)
        {
            Upgrade(owner, assembly);
        }
        await GrantAsync(connection, ServiceRole.For(owner));
        await connection.ExecuteAsync(await ReadRowLevelSecurityAsync(cancellationToken));
        await connection.ExecuteAsync("SELECT pg_advisory_unlock(hashtext('migrations'))");
    }

    /// <summary>DDL takes no parameters: name and password are hex digits and our own database's name, quoted by the server itself.</summary>
    private static async Task CreateRoleAsync(NpgsqlConnection connection, ServiceRole role)
    {
        var create = await connection.QuerySingleAsync<string>(
            """
            SELECT format(
                CASE WHEN EXISTS (SELECT FROM pg_roles WHERE rolname = @Name) THEN 'ALTER' ELSE 'CREATE' END
                || ' ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD %L', @Name, @Password)
            """,
            role
        );
        await connection.ExecuteAsync(create);
    }

    private void Upgrade(string connectionString, Assembly assembly)
    {
        var result = DeployChanges
            .To.PostgresqlDatabase(connectionString)
            .WithScriptsEmbeddedInAssembly(assembly, name => name.Contains(".Migrations.", StringComparison.Ordinal))
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogTo(new UpgradeLog(logger))
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"Migration {result.ErrorScript?.Name} failed.", result.Error);
        }
    }

    private static async Task GrantAsync(NpgsqlConnection connection, ServiceRole role)
    {
        var grants = await connection.QuerySingleAsync<string>(
            """
            SELECT format(
                'GRANT USAGE ON SCHEMA public TO %1$I;
                 GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO %1$I;
                 GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO %1$I;
                 GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO %1$I;
                 REVOKE INSERT, UPDATE, DELETE ON schemaversions FROM %1$I', @Name)
            || coalesce((
                SELECT string_agg(format('; REVOKE UPDATE, DELETE ON %s FROM %I', oid::regclass, @Name), '')
                FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND obj_description(oid, 'pg_class') LIKE 'append-only%'), '')
            """,
            role
        );
        await connection.ExecuteAsync(grants);
    }

    private static async Task<string> ReadRowLevelSecurityAsync(CancellationToken cancellationToken)
    {
        await using var resource = typeof(Migrator).Assembly.GetManifestResourceStream("ServiceDefaults.Postgres.RowLevelSecurity.sql")!;
        using var reader = new StreamReader(resource);
        return await reader.ReadToEndAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private sealed class UpgradeLog(ILogger logger) : IUpgradeLog
    {
#pragma warning disable CA2254 // DbUp hands over its own templates.
        public void LogTrace(string format, params object[] args) => logger.LogTrace(format, args);

        public void LogDebug(string format, params object[] args) => logger.LogDebug(format, args);

        public void LogInformation(string format, params object[] args) => logger.LogDebug(format, args);

        public void LogWarning(string format, params object[] args) => logger.LogWarning(format, args);

        public void LogError(string format, params object[] args) => logger.LogError(format, args);

        public void LogError(Exception ex, string format, params object[] args) => logger.LogError(ex, format, args);
#pragma warning restore CA2254
    }
}
