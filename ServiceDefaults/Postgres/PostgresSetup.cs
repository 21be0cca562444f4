using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Authentication;

namespace ServiceDefaults.Postgres;

public static class PostgresSetup
{
    /// <summary>
    /// The service's database <c>ConnectionStrings:{name}</c>: migrated at start, reached through <see cref="Database"/> and, inside a request, <see cref="UnitOfWork"/>.
    /// </summary>
    public static WebApplicationBuilder AddPostgres(this WebApplicationBuilder builder, string name)
    {
        Dapper.DefaultTypeMap.MatchNamesWithUnderscores = true;
        var migrations = Assembly.Load(new AssemblyName(builder.Environment.ApplicationName));
        builder
            .Services.AddOptions<PostgresOptions>()
            .Configure<IConfiguration>(
                (options, configuration) =>
                {
                    options.OwnerConnectionString =
                        configuration.GetConnectionString(name)
                        ?? throw new InvalidOperationException($"ConnectionStrings:{name} is missing: set it to the PostgreSQL database of this service.");
                }
            )
            // After every library that brings tables of its own.
            .PostConfigure(options => options.Migrations.Add(migrations));

        builder.Services.AddSingleton(services =>
        {
            var owner = services.GetRequiredService<IOptions<PostgresOptions>>().Value.OwnerConnectionString;
            return new NpgsqlDataSourceBuilder(ServiceRole.For(owner).ConnectionString(owner))
                .UseLoggerFactory(services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>())
                .Build();
        });
        builder.Services.AddSingleton<Database>();
        builder.Services.AddScoped(ForRequest);
        builder.Services.AddHostedService<Migrator>();
        builder.Services.ForgetHourly("idempotency keys", "SELECT forget_old_idempotency_keys($1)");
        builder.Services.AddHealthChecks().AddCheck<PostgresHealthCheck>("PostgreSql");
        return builder;
    }

    private static UnitOfWork ForRequest(IServiceProvider services)
    {
        var method = services.GetRequiredService<IHttpContextAccessor>().HttpContext!.Request.Method;
        var (database, workspaceId) = (services.GetRequiredService<Database>(), services.GetRequiredService<Caller>().WorkspaceId);
        return HttpMethods.IsGet(method) || HttpMethods.IsHead(method) ? database.Read(workspaceId) : database.Begin(workspaceId);
    }

    private sealed class PostgresHealthCheck(NpgsqlDataSource dataSource) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            await using var command = dataSource.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
    }
}
