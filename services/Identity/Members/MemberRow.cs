using ServiceDefaults.Postgres;

namespace Identity.Members;

internal sealed class MemberRow
{
    public Guid UserId { get; init; }
    public string Email { get; init; } = "";
    public string Name { get; init; } = "";
    public string Role { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    public MemberResponse ToResponse() => new(UserId, Email, Name, MemberRoles.Parse(Role), CreatedAt);

    public static Task<MemberRow?> FindAsync(UnitOfWork work, Guid userId, CancellationToken cancellationToken) =>
        work.FirstOrDefaultAsync<MemberRow>(
            """
            SELECT m.user_id, u.email, u.name, m.role, m.created_at
            FROM members m JOIN users u ON u.id = m.user_id
            WHERE m.user_id = @userId
            """,
            new { userId },
            cancellationToken
        );
}
