using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Model;

internal enum ContainerLifetime
{
    Session,
    Persistent,
}

internal sealed class PostgresServerResource(string name) : Resource(name)
{
    public List<PostgresDatabaseResource> Databases { get; } = [];

    /// <summary>Set when the run's ports are settled, before anything starts.</summary>
    public PostgresServer? Server { get; set; }
}

internal sealed class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource parent) : IResourceWithConnectionString
{
    public string Name { get; } = name;

    public string DatabaseName { get; } = databaseName;

    public PostgresServerResource Parent { get; } = parent;

    public string ConnectionString => (Parent.Server ?? throw new InvalidOperationException("The ports are not settled yet.")).ConnectionString(DatabaseName);
}

internal static class PostgresExtensions
{
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddResource(new PostgresServerResource(name));

    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder,
        string name,
        string? databaseName = null
    )
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.Databases.Add(database);
        return builder.ApplicationBuilder.AddResource(database);
    }

    /// <summary>The data folder always keeps it.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder) => builder;

    /// <summary>The process ends with the run; its data stays.</summary>
    public static IResourceBuilder<PostgresServerResource> WithLifetime(this IResourceBuilder<PostgresServerResource> builder, ContainerLifetime lifetime) =>
        builder;
}
