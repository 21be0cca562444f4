namespace Identity.Members;

/// <summary>A person's membership in this workspace.</summary>
/// <param name="UserId">The person's id, by which the membership is addressed.</param>
/// <param name="CreatedAt">Since when.</param>
public sealed record MemberResponse(Guid UserId, string Email, string Name, MemberRole Role, DateTimeOffset CreatedAt);
