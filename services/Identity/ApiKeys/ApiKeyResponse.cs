namespace Identity.ApiKeys;

/// <summary>An API key, without the key itself.</summary>
public sealed record ApiKeyResponse
{
    public required Guid Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Name { get; init; }

    /// <summary>Its prefix and last four characters, such as <c>ck_…x7Qa</c>.</summary>
    public required string Hint { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Requests per minute, where it is below the installation's own limit.</summary>
    public int? RateLimit { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it stops working; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute; null where it was never used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}
