using Npgsql;

namespace CommunicationsIngest.Chat;

/// <summary>A browser that chats, recognised by its token.</summary>
internal sealed record ChatVisitor(Guid WorkspaceId, Guid Id)
{
    private const string Scheme = "Bearer ";

    /// <summary>The token of <c>Authorization: Bearer cv_…</c>; null where there is none.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : null;

    public static async Task<ChatVisitor?> FindAsync(NpgsqlDataSource dataSource, string? token, CancellationToken cancellationToken)
    {
        if (VisitorToken.Hash(token) is not { } hash)
        {
            return null;
        }
        await using var command = dataSource.CreateCommand("SELECT workspace_id, id FROM visitor_of_token($1)");
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = hash });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new(reader.GetGuid(0), reader.GetGuid(1)) : null;
    }
}
