using Contacts.Activity;
using Contacts.Cards;
using Contacts.Workspaces;
using Messages;
using Messages.CommunicationsIngest;
using Messaging.Consuming;
using ServiceDefaults.Postgres;

namespace Contacts.Captures;

/// <summary>What people said and typed of themselves, as it was heard in their conversations.</summary>
internal sealed class TakeCapturedDetails(CaptureIntake intake, TimeProvider clock, ILogger<TakeCapturedDetails> logger) : IHandleEvents<DetailsCaptured>
{
    private static readonly IReadOnlyDictionary<Guid, string?> NoneCreated = new Dictionary<Guid, string?>();

    public async Task HandleAsync(UnitOfWork work, IReadOnlyList<Event<DetailsCaptured>> events, CancellationToken cancellationToken)
    {
        var heard = events
            .Select(e => (Event: e, Identity: ParticipantIdentity.Read(e.Data.Participant)))
            .Where(one => one.Identity is not null)
            .Select(one => (one.Event, Identity: one.Identity!.Value))
            .ToList();
        if (heard.Count == 0)
        {
            return;
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var owners = await OwnersAsync(work, [.. heard.Select(one => one.Identity).Distinct()], cancellationToken);
        await WaitingCaptures.AddAsync(
            work,
            [.. heard.Where(one => !owners.ContainsKey(one.Identity)).Select(one => (one.Identity, one.Event.Data))],
            clock.GetUtcNow(),
            cancellationToken
        );
        var known = heard.Where(one => owners.ContainsKey(one.Identity)).ToList();
        var captures = known
            .SelectMany(one =>
                CapturedDetails.Read(
                    owners[one.Identity],
                    one.Event.Data.Details,
                    one.Event.Data.ConversationId,
                    one.Event.Data.At,
                    Capture.Listener,
                    one.Identity,
                    settings.DefaultCountry,
                    one.Event.TraceParent
                )
            )
            .ToList();
        ReportDropped(known.Sum(one => one.Event.Data.Details.Count) - captures.Count);
        var refused = await intake.TakeAsync(work, captures, NoneCreated, cancellationToken);
        if (refused.Count > 0)
        {
            throw new TimeoutException("Another contact got a phone or email of this batch at the same moment; the next try sees it there.");
        }
    }

    /// <summary>Whose the identities are; an identity that is missing has none, and nobody gives it to one before this unit of work ends.</summary>
    private static async Task<IReadOnlyDictionary<(string Kind, string Value), Guid>> OwnersAsync(
        UnitOfWork work,
        (string Kind, string Value)[] identities,
        CancellationToken cancellationToken
    )
    {
        var owners = await IdentityOwners.FindAsync(work, identities, cancellationToken);
        await Card.LockAllAsync(work, [.. owners.Values.Distinct()], cancellationToken);
        // What was merged or moved before the lock was had is somebody else's now.
        await IdentityLock.HoldAsync(work, [.. identities.Where(identity => !owners.ContainsKey(identity))], cancellationToken);
        return await IdentityOwners.FindAsync(work, identities, cancellationToken);
    }

    /// <summary>A first and a last name become one capture, so this is not to the digit what was wrong.</summary>
    private void ReportDropped(int count)
    {
        if (count > 0)
        {
            logger.LogInformation("{Count} captured details were no values of their fields and were dropped.", count);
        }
    }
}
