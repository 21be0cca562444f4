using CommunicationsIngest.PhoneNumbers;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>A text of ours moved on: https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks. Never backwards.</summary>
internal static class FollowText
{
    public const string Route = "/message-status";
    public const string Path = TwilioSetup.Webhooks + Route;

    /// <summary>Our own id in the callback's URL: a report may come before the provider's id is stored.</summary>
    public const string MessageId = "message";

    /// <summary>The order in which a text moves; what stands beside each other are ends.</summary>
    private static readonly string[][] Order =
    [
        ["unknown", "accepted", "scheduled"],
        ["queued"],
        ["sending"],
        ["sent"],
        ["delivered", "undelivered", "failed", "canceled"],
        ["read"],
    ];

    public static async Task<Results<Twiml, ProblemHttpResult>> HandleAsync(
        HttpContext http,
        Database database,
        NumberDirectory numbers,
        CancellationToken cancellationToken
    )
    {
        var form = TwilioForm.Of(http);
        if (form.Sid("MessageSid") is not { } sid || form["MessageStatus"] is not { } status || form["From"] is not { } from)
        {
            return Problem.Invalid("MessageSid", "MessageSid, MessageStatus and From are required.");
        }
        if (await numbers.FindWorkspaceAsync(from, cancellationToken) is not { } workspaceId)
        {
            return UnknownNumber.Problem();
        }
        await using var work = database.Begin(workspaceId);
        var earlier = Order.TakeWhile(step => !step.Contains(status)).SelectMany(step => step).ToArray();
        await work.ExecuteAsync(
            """
            UPDATE messages
            SET status = @status, provider = @Provider, provider_id = coalesce(provider_id, @sid), error_code = coalesce(@error, error_code)
            WHERE direction = 'outbound' AND status = ANY (@earlier)
              AND id = coalesce((SELECT id FROM messages WHERE provider = @Provider AND provider_id = @sid), @messageId)
            """,
            new
            {
                TwilioSetup.Provider,
                sid,
                messageId = Guid.TryParse(http.Request.Query[MessageId], out var messageId) ? messageId : (Guid?)null,
                status,
                error = form["ErrorCode"],
                earlier = Order.Any(step => step.Contains(status)) ? earlier : [],
            },
            cancellationToken
        );
        await work.CommitAsync(cancellationToken);
        return Twiml.Empty;
    }
}
