using Contacts.Captures;
using Contacts.Cards;
using Messages;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Suggestions;

/// <summary>What a suggestion is to become.</summary>
public enum SuggestionDecision
{
    /// <summary>The contact gets the value; a phone or email is added to those it has.</summary>
    Accepted,

    /// <summary>The value is not suggested again.</summary>
    Rejected,
}

/// <summary>Why a decision was not taken.</summary>
internal enum Obstacle
{
    NotFound,

    /// <summary>The contact has the value already, or had it, or it was accepted before.</summary>
    Decided,

    /// <summary>Another contact has the phone or email.</summary>
    Taken,
}

/// <param name="OwnerId">The contact that has the phone or email.</param>
internal sealed record Decided(Guid Id, Obstacle? Obstacle, Guid? OwnerId = null);

/// <summary>Decides on suggestions, one or hundreds.</summary>
internal sealed class Decisions(UnitOfWork work, Caller caller, ContactWriter writer, TimeProvider clock)
{
    /// <returns>What became of each, in the order given, or identities that another contact got at this moment: then the unit of work must roll back.</returns>
    public async Task<(IReadOnlyList<Decided> Decided, IReadOnlyList<RefusedIdentity> Refused)> TakeAsync(
        IReadOnlyList<Guid> ids,
        SuggestionDecision decision,
        CancellationToken cancellationToken
    )
    {
        var contactIds = await work.QueryAsync<Guid>(
            "SELECT DISTINCT contact_id FROM captured_values WHERE id = ANY (@ids)",
            new { ids = ids.ToArray() },
            cancellationToken
        );
        // Whoever changes what was said of a contact holds its lock: the values cannot move from here on.
        var cards = (await Card.LockAllAsync(work, [.. contactIds], cancellationToken)).ToDictionary(card => card.Id);
        var values = (await work.QueryAsync<CapturedValue>(CapturedValueRows.Select + "WHERE id = ANY (@ids)", new { ids = ids.ToArray() }, cancellationToken))
            .Where(value => cards.ContainsKey(value.ContactId))
            .ToDictionary(value => value.Id);
        var identities = values.Values.Where(value => CapturedFields.IsIdentity(value.Field)).Select(value => (value.Field, value.Value)).ToHashSet();
        var owners = await IdentityOwners.FindAsync(work, identities, cancellationToken);
        var decided = ids.Distinct().Select(id => Judge(id, values.GetValueOrDefault(id), decision, owners)).ToList();
        var taken = decided.Where(one => one.Obstacle is null).Select(one => values[one.Id]).ToList();
        if (decision == SuggestionDecision.Accepted)
        {
            var refused = await WriteAsync(cards, taken, cancellationToken);
            if (refused.Count > 0)
            {
                return ([], refused);
            }
        }
        await work.ExecuteAsync(
            "UPDATE captured_values SET status = @status, decided_at = @now WHERE id = ANY (@ids)",
            new
            {
                status = decision.ToString().ToLowerInvariant(),
                now = clock.GetUtcNow(),
                ids = taken.Select(value => value.Id).ToArray(),
            },
            cancellationToken
        );
        return (decided, []);
    }

    private static Decided Judge(Guid id, CapturedValue? value, SuggestionDecision decision, IReadOnlyDictionary<(string Kind, string Value), Guid> owners)
    {
        if (value is null)
        {
            return new(id, Obstacle.NotFound);
        }
        if (value.Status == CapturedValue.Closed || (value.Status == CapturedValue.Accepted && decision == SuggestionDecision.Rejected))
        {
            return new(id, Obstacle.Decided);
        }
        return
            decision == SuggestionDecision.Accepted
            && value.Status != CapturedValue.Accepted
            && owners.TryGetValue((value.Field, value.Value), out var owner)
            && owner != value.ContactId
            ? new(id, Obstacle.Taken, owner)
            : new(id, null);
    }

    /// <summary>Each is a change of its own, with its own evidence: round by round, one of each contact.</summary>
    private async Task<IReadOnlyList<RefusedIdentity>> WriteAsync(
        Dictionary<Guid, Card> cards,
        List<CapturedValue> accepted,
        CancellationToken cancellationToken
    )
    {
        var waiting = accepted
            .Where(value => value.Status != CapturedValue.Accepted)
            .GroupBy(value => value.ContactId)
            .Select(contact => contact.ToList())
            .ToList();
        for (var round = 0; waiting.Exists(values => round < values.Count); round++)
        {
            var changes = waiting.Where(values => round < values.Count).Select(values => Accept(cards[values[round].ContactId], values[round]));
            var written = await writer.UpdateAsync(work, [.. changes], cancellationToken);
            if (written.Refused.Count > 0)
            {
                return written.Refused;
            }
            foreach (var card in written.Cards)
            {
                cards[card.Id] = card;
            }
        }
        return [];
    }

    private CardChange Accept(Card card, CapturedValue value)
    {
        var evidence = (value.ReadEvidence() ?? new Evidence()) with { SuggestionId = value.Id };
        var after = CapturedFields.Covers(card.State, value.Field, value.Value) ? card.State : CapturedFields.Apply(card.State, value.Field, value.Value);
        return new(card, after, new(caller.Actor, ChangeKinds.SuggestionAccepted, evidence));
    }
}
