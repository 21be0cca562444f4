using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Yarp.ReverseProxy.Configuration;

namespace Benchmarks.Running;

/// <summary>What the product is held against: a proxy that only forwards, and an endpoint that only asks the database. No keys, tenancy, limits, telemetry or log.</summary>
internal static class Bare
{
    public const string Argument = "bare";
    public const string Endpoint = "endpoint";
    public const string Proxy = "proxy";

    public static Task ServeAsync(string what)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        return what == Endpoint ? ServeEndpointAsync(builder) : ServeProxyAsync(builder);
    }

    private static async Task ServeEndpointAsync(WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, BareJson.Default));
        await using var dataSource = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(builder.Configuration["Database"])
            {
                MaxPoolSize = 16,
                MaxAutoPrepare = 20,
                NoResetOnClose = true,
            }.ConnectionString
        );
        var workspaceId = Guid.Parse(builder.Configuration["WorkspaceId"]!);
        var app = builder.Build();
        app.MapGet("/alive", () => Results.Ok());
        app.MapGet("/v1/contacts", (string phone, CancellationToken cancellationToken) => FindAsync(dataSource, workspaceId, phone, cancellationToken));
        await app.RunAsync();
    }

    private static async Task<IResult> FindAsync(NpgsqlDataSource dataSource, Guid workspaceId, string phone, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            """
            SELECT c.id, c.version, c.name, c.first_name, c.last_name, c.company, c.notes, c.created_at, c.updated_at
            FROM contact_identities i
            JOIN contacts c ON c.workspace_id = i.workspace_id AND c.id = i.contact_id
            WHERE i.workspace_id = $1 AND i.kind = 'phone' AND i.value = $2
            """
        );
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = workspaceId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = phone });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? Results.Ok(
                new BareContact(
                    reader.GetGuid(0),
                    phone,
                    reader.GetInt64(1),
                    TextOf(2),
                    TextOf(3),
                    TextOf(4),
                    TextOf(5),
                    TextOf(6),
                    reader.GetFieldValue<DateTimeOffset>(7),
                    reader.GetFieldValue<DateTimeOffset>(8)
                )
            )
            : Results.NotFound();

        string? TextOf(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    private static async Task ServeProxyAsync(WebApplicationBuilder builder)
    {
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(
                [
                    new()
                    {
                        RouteId = "all",
                        ClusterId = "endpoint",
                        Match = new() { Path = "/v1/{**rest}" },
                    },
                ],
                [
                    new()
                    {
                        ClusterId = "endpoint",
                        Destinations = new Dictionary<string, DestinationConfig> { ["endpoint"] = new() { Address = builder.Configuration["Destination"]! } },
                    },
                ]
            );
        var app = builder.Build();
        app.MapGet("/alive", () => Results.Ok());
        app.MapReverseProxy();
        await app.RunAsync();
    }
}

internal sealed record BareContact(
    Guid Id,
    string Phone,
    long Version,
    string? Name,
    string? FirstName,
    string? LastName,
    string? Company,
    string? Notes,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
);

[JsonSerializable(typeof(BareContact))]
internal sealed partial class BareJson : JsonSerializerContext;
