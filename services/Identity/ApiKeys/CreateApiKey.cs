using System.ComponentModel.DataAnnotations;
using Messages;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.ApiKeys;

/// <param name="Name">What the key is for, 1 to 100 characters.</param>
/// <param name="Scopes">What it may do; no more than whoever makes it.</param>
/// <param name="ExpiresAt">When it stops working; never where it is not given.</param>
/// <param name="RateLimit">Requests per minute; the installation's own limit holds besides.</param>
public sealed record CreateApiKeyRequest(
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    [property: Required, Length(1, 20)] IReadOnlyList<string> Scopes,
    DateTimeOffset? ExpiresAt = null,
    [property: Range(1, 100_000)] int? RateLimit = null
);

/// <param name="Key">The key itself: shown this once, stored only as a hash.</param>
/// <param name="ApiKey">What is kept of it.</param>
public sealed record CreateApiKeyResponse(string Key, ApiKeyResponse ApiKey);

internal static class CreateApiKey
{
    /// <summary>Make an API key.</summary>
    /// <remarks>A repetition with the same Idempotency-Key makes no second key and does not show the first one again (409).</remarks>
    public static async Task<Results<Created<CreateApiKeyResponse>, ProblemHttpResult>> HandleAsync(
        CreateApiKeyRequest request,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (Refuse(request, caller, clock.GetUtcNow()) is { } problem)
        {
            return problem;
        }
        var key = ApiKeyFormat.Create();
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(clock.GetUtcNow()),
            Name = request.Name.Trim(),
            Hint = ApiKeyRow.HintOf(key),
            Scopes = [.. request.Scopes.Distinct()],
            RateLimit = request.RateLimit,
            CreatedAt = clock.GetUtcNow(),
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
        };
        await row.InsertAsync(work, key, caller.Actor.Id, cancellationToken);
        var details = new Dictionary<string, string> { ["scopes"] = string.Join(' ', row.Scopes) };
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("api_key.created", "api_key", row.Id.ToString(), details));
        return TypedResults.Created($"/v1/api-keys/{row.Id}", new CreateApiKeyResponse(key, row.ToResponse()));
    }

    private static ProblemHttpResult? Refuse(CreateApiKeyRequest request, Caller caller, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            return Problem.Invalid("name", "name takes 1 to 100 characters.");
        }
        if (!request.Scopes.All(Scopes.All.Contains))
        {
            return Problem.Invalid("scopes", $"Scopes are: {string.Join(", ", Scopes.All)}.");
        }
        if (request.ExpiresAt <= now)
        {
            return Problem.Invalid("expires_at", "expires_at lies in the past.");
        }
        return request.Scopes.All(caller.Scopes.Contains)
            ? null
            : Problem.Forbidden("scope-exceeded", "A key cannot be given a scope that you do not have yourself.");
    }
}
