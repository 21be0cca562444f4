using Messages.Identity;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;

namespace Identity.Sessions;

internal static class SignOut
{
    /// <summary>Sign out: end this session at once.</summary>
    public static async Task<NoContent> HandleAsync(Person person, Database database, Outbox outbox, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(person.WorkspaceOrNone);
        await work.ExecuteAsync(
            "UPDATE sessions SET revoked_at = @now WHERE id = @SessionId AND revoked_at IS NULL",
            new { person.SessionId, now = clock.GetUtcNow() },
            cancellationToken
        );
        outbox.Enqueue(work, person.Actor, new CredentialRevoked(person.SessionId));
        await work.CommitAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
