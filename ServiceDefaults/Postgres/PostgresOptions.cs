using System.Reflection;

namespace ServiceDefaults.Postgres;

/// <summary>The service's one database.</summary>
public sealed class PostgresOptions
{
    /// <summary>Connection string of the database's owner: migrations run with it, requests never do.</summary>
    public string OwnerConnectionString { get; set; } = "";

    /// <summary>Assemblies whose embedded <c>*.Migrations.*.sql</c> make the schema, in this order.</summary>
    public IList<Assembly> Migrations { get; } = [typeof(PostgresOptions).Assembly];
}
