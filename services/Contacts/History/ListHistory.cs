using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Contacts.Cards;
using Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.History;

internal static class ListHistory
{
    private const string Created = "created";

    /// <summary>List what happened to a contact</summary>
    /// <remarks>Newest first, down to its creation. A version that is missing changed nothing of this contact alone (a tag was renamed).</remarks>
    public static async Task<Results<Ok<Page<HistoryEntry>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken,
        [Description("Where to go on: next_cursor of the page before.")] [Range(1, long.MaxValue)] long? cursor = null,
        [Range(1, Page.MaxLimit)] int limit = Page.DefaultLimit
    )
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { } card)
        {
            return found.Problem!;
        }
        var changes = await work.QueryAsync<ChangeRow>(
            ChangeRow.Select + "WHERE contact_id = @id AND version < @before ORDER BY version DESC LIMIT @rows",
            new
            {
                id,
                before = cursor ?? long.MaxValue,
                rows = limit + 1,
            },
            cancellationToken
        );
        var entries = changes.Take(limit).Select(ToEntry).ToList();
        if (changes.Count > limit || (entries.Count == limit && cursor != 1))
        {
            return TypedResults.Ok(new Page<HistoryEntry>(entries, entries[^1].Version.ToString(CultureInfo.InvariantCulture)));
        }
        if (cursor != 1)
        {
            entries.Add(await CreationAsync(work, card, cancellationToken));
        }
        return TypedResults.Ok(new Page<HistoryEntry>(entries, null));
    }

    private static HistoryEntry ToEntry(ChangeRow change)
    {
        var fields = change.ReadFields();
        return new()
        {
            Version = change.Version,
            At = change.ChangedAt,
            Kind = change.Kind,
            Source = Enum.Parse<ActorKind>(change.Source, ignoreCase: true),
            Actor = change.ActorId,
            Evidence = change.ReadEvidence(),
            Fields = fields,
            Summary = ChangeSummary.Of(change.Kind, fields),
        };
    }

    private static async Task<HistoryEntry> CreationAsync(UnitOfWork work, Card card, CancellationToken cancellationToken)
    {
        var made = (await CardProvenance.ReadAsync(work, [card.Id], cancellationToken))[card.Id].Made;
        return new()
        {
            Version = 1,
            At = card.CreatedAt,
            Kind = Created,
            Source = card.Source,
            Actor = made.Actor,
            Evidence = made.Evidence,
            Fields = [],
            Summary = card.Source == ActorKind.System ? "Contact created when the person got in touch." : "Contact created.",
        };
    }
}
