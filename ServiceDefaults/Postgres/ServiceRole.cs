using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>
/// The login under which a service works: not the owner, no superuser, subject to row-level security. Its password is derived from the owner's, so that every replica
/// knows it and nobody has to configure it (ADR 0002).
/// </summary>
internal sealed record ServiceRole(string Name, string Password)
{
    public static ServiceRole For(string ownerConnectionString)
    {
        var owner = new NpgsqlConnectionStringBuilder(ownerConnectionString);
        var name = $"{owner.Database}_service";
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(owner.Password ?? ""), Encoding.UTF8.GetBytes(name));
        return new(name, Convert.ToHexStringLower(mac));
    }

    public string ConnectionString(string ownerConnectionString) =>
        new NpgsqlConnectionStringBuilder(ownerConnectionString)
        {
            Username = Name,
            Password = Password,
            // 16 was best on two cores (facts of the build machine); more connections only queue inside the server.
            MaxPoolSize = 16,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            Timeout = 5,
            CommandTimeout = 30,
            KeepAlive = 30,
            // All state is set on the transaction (SET LOCAL) and ends with it, so there is nothing to reset when a connection goes back.
            NoResetOnClose = true,
        }.ConnectionString;
}
