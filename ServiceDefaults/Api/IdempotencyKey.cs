using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace ServiceDefaults.Api;

/// <summary>
/// <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): 1 to 255 printable ASCII characters, remembered for 72 hours per caller. The same key with another
/// request is refused with 422. A repetition while the first still runs waits for it: the key's row is locked by the first one's transaction.
/// </summary>
internal sealed record IdempotencyKey(string Value, byte[] RequestHash)
{
    public const string Header = "Idempotency-Key";

    public static bool IsOn(HttpRequest request) => request.Headers.ContainsKey(Header);

    /// <returns>null where the header is malformed.</returns>
    public static async Task<IdempotencyKey?> ReadAsync(HttpRequest request)
    {
        var value = request.Headers[Header].ToString();
        if (value.Length is 0 or > 255 || value.Any(c => c is < ' ' or > '~'))
        {
            return null;
        }
        request.Body.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(await SHA256.HashDataAsync(request.Body));
        return new(value, hash.GetHashAndReset());
    }

    /// <returns>The stored answer, a refusal, or null when this request is the first with the key.</returns>
    public async Task<IResult?> ClaimAsync(UnitOfWork work, string actorId, CancellationToken cancellationToken)
    {
        var claimed = await work.ExecuteAsync(
            """
            INSERT INTO idempotency_keys (workspace_id, actor_id, key, request_hash)
            VALUES (@WorkspaceId, @actorId, @Value, @RequestHash)
            ON CONFLICT DO NOTHING
            """,
            new
            {
                work.WorkspaceId,
                actorId,
                Value,
                RequestHash,
            },
            cancellationToken
        );
        if (claimed == 1)
        {
            return null;
        }
        var first = await work.SingleAsync<StoredRow>(
            "SELECT request_hash, status, headers::text AS headers, body FROM idempotency_keys WHERE actor_id = @actorId AND key = @Value",
            new { actorId, Value },
            cancellationToken
        );
        if (!first.RequestHash.AsSpan().SequenceEqual(RequestHash))
        {
            return Problem.Of(
                StatusCodes.Status422UnprocessableEntity,
                "idempotency-key-reused",
                "The Idempotency-Key was used before.",
                "This key came with another request before. Use a new key for a new request."
            );
        }
        return new StoredAnswer(first.Status, JsonSerializer.Deserialize<Dictionary<string, string>>(first.Headers)!, first.Body, IsReplay: true);
    }

    public Task<int> StoreAsync(UnitOfWork work, string actorId, StoredAnswer answer, CancellationToken cancellationToken) =>
        work.ExecuteAsync(
            "UPDATE idempotency_keys SET status = @Status, headers = @headers::jsonb, body = @Body WHERE actor_id = @actorId AND key = @Value",
            new
            {
                actorId,
                Value,
                answer.Status,
                headers = JsonSerializer.Serialize(answer.Headers),
                answer.Body,
            },
            cancellationToken
        );

    private sealed class StoredRow
    {
        public byte[] RequestHash { get; init; } = [];
        public short Status { get; init; }
        public string Headers { get; init; } = "{}";
        public byte[] Body { get; init; } = [];
    }
}
