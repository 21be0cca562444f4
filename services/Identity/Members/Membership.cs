using Dapper;
using Identity.Workspaces;
using Npgsql;

namespace Identity.Members;

/// <summary>A workspace that a person may enter, and as what.</summary>
/// <param name="Id">The workspace's id.</param>
/// <param name="Name">The workspace's name.</param>
/// <param name="Role">The person's role there.</param>
public sealed record MembershipResponse(Guid Id, string Name, MemberRole Role);

internal sealed class Membership
{
    public Guid WorkspaceId { get; init; }
    public string Name { get; init; } = "";
    public string DefaultCountry { get; init; } = "";
    public string Role { get; init; } = "";

    public MembershipResponse ToResponse() => new(WorkspaceId, Name, MemberRoles.Parse(Role));

    public WorkspaceResponse ToWorkspace() => new(WorkspaceId, Name, DefaultCountry);

    /// <summary>All of a person's, the oldest first; in any workspace, so not through a unit of work.</summary>
    public static async Task<IReadOnlyList<Membership>> OfAsync(NpgsqlDataSource dataSource, Guid userId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Membership>(
            new CommandDefinition("SELECT * FROM memberships_of(@userId)", new { userId }, cancellationToken: cancellationToken)
        );
        return rows.AsList();
    }
}
