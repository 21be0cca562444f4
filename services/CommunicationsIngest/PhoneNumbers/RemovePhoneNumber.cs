using CommunicationsIngest.Workspaces;
using Identifiers;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.PhoneNumbers;

internal static class RemovePhoneNumber
{
    /// <summary>Takes a number away from the workspace: what is said to it from now on is refused. Its conversations stay.</summary>
    /// <param name="number">E.164, or as written in the workspace's country.</param>
    public static async Task<Results<NoContent, ProblemHttpResult>> HandleAsync(
        string number,
        UnitOfWork work,
        NumberDirectory directory,
        Caller caller,
        Outbox outbox,
        CancellationToken cancellationToken
    )
    {
        if (!PhoneNumber.TryParse(number, await DefaultCountry.ReadAsync(work, cancellationToken), out var phone))
        {
            return Problem.NotFound("phone number");
        }
        var removed = await work.ExecuteAsync("DELETE FROM phone_numbers WHERE number = @E164", new { phone.E164 }, cancellationToken);
        if (removed == 0)
        {
            return Problem.NotFound("phone number");
        }
        outbox.Enqueue(work, caller.Actor, new OwnNumberChanged(phone.E164, IsOwn: false));
        work.AfterCommit(() => directory.Forget(phone.E164));
        outbox.Enqueue(work, caller.Actor, new AuditRecorded("phone_number.removed", "phone_number", phone.E164, new Dictionary<string, string>()));
        return TypedResults.NoContent();
    }
}
