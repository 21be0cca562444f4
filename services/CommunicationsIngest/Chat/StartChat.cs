using System.ComponentModel.DataAnnotations;
using CommunicationsIngest.Workspaces;
using Identifiers;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Chat;

/// <summary>A visitor opens the chat. What he says of himself is optional; it fills what is not known of him yet.</summary>
/// <param name="WidgetId">The widget in the page.</param>
/// <param name="Name">At most 200 characters.</param>
/// <param name="Email">An email address.</param>
/// <param name="Phone">A phone number: E.164, or as written in the workspace's country.</param>
public sealed record StartChatRequest(
    [property: Required] Guid WidgetId,
    [property: StringLength(200)] string? Name = null,
    [property: StringLength(254)] string? Email = null,
    [property: StringLength(50)] string? Phone = null
);

/// <param name="Id">Of the session, which is a conversation.</param>
/// <param name="VisitorToken">Shown once, to a new visitor; null for one who presented his. The browser keeps it and sends it as <c>Authorization: Bearer</c>.</param>
public sealed record ChatSessionResponse(Guid Id, string? VisitorToken, DateTimeOffset StartedAt);

internal static partial class StartChat
{
    /// <summary>Begins a chat session. No API key: the widget's id tells the workspace, and a returning visitor's token (<c>cv_…</c>) who he is.</summary>
    public static async Task<Results<Created<ChatSessionResponse>, ProblemHttpResult>> HandleAsync(
        StartChatRequest request,
        HttpContext http,
        NpgsqlDataSource dataSource,
        Database database,
        Outbox outbox,
        TimeProvider clock,
        ILogger<StartChatRequest> logger,
        CancellationToken cancellationToken
    )
    {
        if (await FindWorkspaceAsync(dataSource, request.WidgetId, cancellationToken) is not { } workspaceId)
        {
            return Problem.NotFound("chat widget");
        }
        await using var work = database.Begin(workspaceId);
        if (!await MayShowAsync(work, request.WidgetId, http.Request.Headers.Origin.ToString(), cancellationToken))
        {
            return Problem.Forbidden("origin", "This page's origin is not among the widget's allowed origins.");
        }
        var (details, problem) = await ReadDetailsAsync(work, request, cancellationToken);
        if (problem is not null)
        {
            return problem;
        }
        var token = ChatVisitor.TokenOf(http.Request);
        var returning = token is null ? null : await ChatVisitor.FindAsync(dataSource, token, cancellationToken);
        if (token is not null && returning?.WorkspaceId != workspaceId)
        {
            return Problem.Of(StatusCodes.Status401Unauthorized, "unauthenticated", "Who are you?", "The visitor token is not valid here. Begin without one.");
        }

        var now = clock.GetUtcNow();
        var newToken = returning is null ? VisitorToken.Create() : null;
        var visitorId = returning?.Id ?? Guid.CreateVersion7(now);
        var sessionId = Guid.CreateVersion7(now);
        await StoreVisitorAsync(work, visitorId, newToken, details, now, cancellationToken);
        await StoreSessionAsync(work, sessionId, visitorId, request.WidgetId, now, cancellationToken);
        if (details.IsGiven)
        {
            // Who leaves his number and no message is a contact as well.
            outbox.Enqueue(
                work,
                Actor.System,
                new InteractionRecorded
                {
                    InteractionId = sessionId,
                    ConversationId = sessionId,
                    Channel = Channel.Chat,
                    Direction = Direction.Inbound,
                    Participant = new(IdentityKind.ChatVisitor, visitorId.ToString(), details.Name, details.Email, details.Phone),
                    At = now,
                }
            );
        }
        await work.CommitAsync(cancellationToken);
        LogStarted(logger, sessionId);
        return TypedResults.Created($"/v1/conversations/{sessionId}", new ChatSessionResponse(sessionId, newToken, now));
    }

    private static async Task<Guid?> FindWorkspaceAsync(NpgsqlDataSource dataSource, Guid widgetId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT workspace_of_widget($1)");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = widgetId });
        return await command.ExecuteScalarAsync(cancellationToken) as Guid?;
    }

    /// <summary>Browsers name the page's origin and cannot lie about it; a caller that names none is no page.</summary>
    private static Task<bool> MayShowAsync(UnitOfWork work, Guid widgetId, string origin, CancellationToken cancellationToken) =>
        work.SingleAsync<bool>(
            "SELECT EXISTS (SELECT FROM chat_widgets WHERE id = @widgetId AND (@origin = '' OR @origin = ANY (allowed_origins)))",
            new { widgetId, origin },
            cancellationToken
        );

    private static async Task<(VisitorDetails Details, ProblemHttpResult? Problem)> ReadDetailsAsync(
        UnitOfWork work,
        StartChatRequest request,
        CancellationToken cancellationToken
    )
    {
        EmailAddress email = default;
        PhoneNumber phone = default;
        if (!string.IsNullOrWhiteSpace(request.Email) && !EmailAddress.TryParse(request.Email, out email))
        {
            return (default, Problem.Invalid("email", "This is not an email address.", "invalid-email"));
        }
        if (
            !string.IsNullOrWhiteSpace(request.Phone)
            && !PhoneNumber.TryParse(request.Phone, await DefaultCountry.ReadAsync(work, cancellationToken), out phone)
        )
        {
            return (default, Problem.Invalid("phone", "This is not a phone number.", "invalid-phone"));
        }
        return (new(string.IsNullOrWhiteSpace(request.Name) ? null : request.Name.Trim(), email.Value, phone.E164), null);
    }

    /// <summary>A returning visitor's details are completed, never replaced: somebody else may sit at the browser now.</summary>
    private static Task<int> StoreVisitorAsync(
        UnitOfWork work,
        Guid visitorId,
        string? newToken,
        VisitorDetails details,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        newToken is null
            ? work.ExecuteAsync(
                "UPDATE chat_visitors SET name = coalesce(name, @Name), email = coalesce(email, @Email), phone = coalesce(phone, @Phone) WHERE id = @visitorId",
                new
                {
                    visitorId,
                    details.Name,
                    details.Email,
                    details.Phone,
                },
                cancellationToken
            )
            : work.ExecuteAsync(
                """
                INSERT INTO chat_visitors (workspace_id, id, token_hash, name, email, phone, created_at)
                VALUES (@WorkspaceId, @visitorId, @hash, @Name, @Email, @Phone, @now)
                """,
                new
                {
                    work.WorkspaceId,
                    visitorId,
                    hash = VisitorToken.Hash(newToken),
                    details.Name,
                    details.Email,
                    details.Phone,
                    now,
                },
                cancellationToken
            );

    private static Task<int> StoreSessionAsync(
        UnitOfWork work,
        Guid sessionId,
        Guid visitorId,
        Guid widgetId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        work.ExecuteAsync(
            """
            WITH conversation AS (
                INSERT INTO conversations (workspace_id, id, channel, direction, participant_kind, participant, participant_role, contact_id, started_at)
                VALUES (@WorkspaceId, @sessionId, 'chat', 'inbound', 'chat_visitor', @visitor, 'person', contact_by_identity('chat_visitor', @visitor), @now)
            ), activity AS (
                INSERT INTO conversation_activity (workspace_id, conversation_id, state, last_activity_at, message_count)
                VALUES (@WorkspaceId, @sessionId, 'open', @now, 0)
            )
            INSERT INTO chat_sessions (workspace_id, conversation_id, visitor_id, widget_id) VALUES (@WorkspaceId, @sessionId, @visitorId, @widgetId)
            """,
            new
            {
                work.WorkspaceId,
                sessionId,
                visitorId,
                visitor = visitorId.ToString(),
                widgetId,
                now,
            },
            cancellationToken
        );

    [LoggerMessage(LogLevel.Information, "Started chat {ConversationId}")]
    private static partial void LogStarted(ILogger logger, Guid conversationId);

    private readonly record struct VisitorDetails(string? Name, string? Email, string? Phone)
    {
        public bool IsGiven => Name is not null || Email is not null || Phone is not null;
    }
}
