using System.Security.Cryptography;
using Dapper;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Identity.Tokens;

/// <summary>The pair that signs internal tokens: made at the first start, kept in the database, the same for all replicas (ADR 0004).</summary>
internal sealed class SigningKey(NpgsqlDataSource dataSource, TimeProvider clock) : IHostedService, IDisposable
{
    private ECDsa? _pair;
    private ECDsaSecurityKey? _key;

    public ECDsaSecurityKey Key => _key ?? throw new InvalidOperationException("The signing key is read when the service starts.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var (id, pkcs8) = await ReadOrMakeAsync(connection);
        _pair = ECDsa.Create();
        _pair.ImportPkcs8PrivateKey(pkcs8, out _);
        _key = new(_pair) { KeyId = id.ToString("N") };
    }

    private async Task<(Guid Id, byte[] Pkcs8)> ReadOrMakeAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // Replicas that start at once agree on one pair.
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('signing_keys'))");
        const string Newest = "SELECT id, pkcs8 FROM signing_keys ORDER BY created_at DESC LIMIT 1";
        var stored = await connection.QueryFirstOrDefaultAsync<(Guid, byte[])?>(Newest);
        if (stored is null)
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            stored = (Guid.CreateVersion7(clock.GetUtcNow()), pair.ExportPkcs8PrivateKey());
            await connection.ExecuteAsync(
                "INSERT INTO signing_keys (id, pkcs8, created_at) VALUES (@id, @pkcs8, @now)",
                new
                {
                    id = stored.Value.Item1,
                    pkcs8 = stored.Value.Item2,
                    now = clock.GetUtcNow(),
                }
            );
        }
        await transaction.CommitAsync();
        return stored.Value;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _pair?.Dispose();
}
