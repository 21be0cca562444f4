using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Chat;

internal static class ListChatWidgets
{
    private const int Max = 200;

    /// <summary>Lists the workspace's chat widgets, oldest first, at most 200.</summary>
    public static async Task<Ok<Page<ChatWidgetResponse>>> HandleAsync(UnitOfWork work, CancellationToken cancellationToken)
    {
        var rows = await work.QueryAsync<WidgetRow>(
            "SELECT id, name, allowed_origins, created_at FROM chat_widgets ORDER BY id LIMIT @Max",
            new { Max },
            cancellationToken
        );
        return TypedResults.Ok(
            new Page<ChatWidgetResponse>([.. rows.Select(row => new ChatWidgetResponse(row.Id, row.Name, row.AllowedOrigins, row.CreatedAt))], null)
        );
    }

    private sealed class WidgetRow
    {
        public Guid Id { get; init; }
        public string Name { get; init; } = "";
        public string[] AllowedOrigins { get; init; } = [];
        public DateTimeOffset CreatedAt { get; init; }
    }
}
