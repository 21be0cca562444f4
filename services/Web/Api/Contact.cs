namespace Web.Api;

/// <summary>A page of a list; <paramref name="NextCursor"/> is null on the last one.</summary>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);

/// <summary>What the pages show of a contact.</summary>
public sealed record Contact
{
    public required Guid Id { get; init; }
    public string? Phone { get; init; }
    public IReadOnlyList<string> Phones { get; init; } = [];
    public string? Name { get; init; }
    public string? Email { get; init; }
    public IReadOnlyList<string> Emails { get; init; } = [];
    public string? Company { get; init; }
    public string? Notes { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastContactAt { get; init; }
    public int CallCount { get; init; }
    public int MessageCount { get; init; }
    public int ChatCount { get; init; }
    public string Source { get; init; } = "";

    /// <summary>What to call somebody whose name may be unknown.</summary>
    public string Title =>
        !string.IsNullOrWhiteSpace(Name) ? Name
        : Phone is not null ? PhoneText.Of(Phone)
        : Email ?? "Web visitor";
}
