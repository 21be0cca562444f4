using System.ComponentModel.DataAnnotations;
using Messages;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

/// <param name="Name">What the staff calls it, at most 100 characters.</param>
/// <param name="AllowedOrigins">1 to 20 origins of the pages that may show it, such as <c>https://www.harbourdental.example</c>.</param>
public sealed record CreateChatWidgetRequest(
    [property: Required] [property: StringLength(100, MinimumLength = 1)] string Name,
    [property: Required] [property: Length(1, 20)] IReadOnlyList<string> AllowedOrigins
);

/// <param name="Id">Not a secret: it stands in the page.</param>
public sealed record ChatWidgetResponse(Guid Id, string Name, IReadOnlyList<string> AllowedOrigins, DateTimeOffset CreatedAt);

internal static class CreateChatWidget
{
    /// <summary>Makes a chat widget for a web site.</summary>
    public static async Task<Results<Created<ChatWidgetResponse>, ProblemHttpResult>> HandleAsync(
        CreateChatWidgetRequest request,
        UnitOfWork work,
        Caller caller,
        Outbox outbox,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var origins = new List<string>();
        foreach (var (text, index) in request.AllowedOrigins.Select((text, index) => (text, index)))
        {
            if (!ChatWidgetOrigin.TryParse(text, out var origin))
            {
                return Problem.Invalid($"allowed_origins[{index}]", "An origin is http or https, a host and perhaps a port, and nothing else.");
            }
            origins.Add(origin);
        }
        var widget = new ChatWidgetResponse(Guid.CreateVersion7(clock.GetUtcNow()), request.Name, [.. origins.Distinct()], clock.GetUtcNow());
        await work.ExecuteAsync(
            """
            INSERT INTO chat_widgets (workspace_id, id, name, allowed_origins, created_at)
            VALUES (@WorkspaceId, @Id, @Name, @origins, @CreatedAt)
            """,
            new
            {
                work.WorkspaceId,
                widget.Id,
                widget.Name,
                origins = widget.AllowedOrigins.ToArray(),
                widget.CreatedAt,
            },
            cancellationToken
        );
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("chat_widget.created", "chat_widget", widget.Id.ToString(), new Dictionary<string, string>()));
        return TypedResults.Created($"/v1/chat/widgets/{widget.Id}", widget);
    }
}
