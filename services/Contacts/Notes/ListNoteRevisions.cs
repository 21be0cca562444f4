using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Contacts.Cards;
using Contacts.History;
using Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

namespace Contacts.Notes;

/// <summary>A contact's notes after a change of them.</summary>
public sealed record NoteRevision
{
    /// <summary>The contact's version in which they changed.</summary>
    public required long Version { get; init; }

    /// <summary>Null where they were cleared.</summary>
    public string? Notes { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>updated, merged, reverted or another act.</summary>
    /// <example>updated</example>
    public required string Kind { get; init; }
    public required ActorKind Source { get; init; }
    public required string Actor { get; init; }
}

internal static class ListNoteRevisions
{
    /// <summary>List the revisions of a contact's notes</summary>
    /// <remarks>Newest first. All of them are kept for as long as the contact is. Notes that the contact was made with are in its first version.</remarks>
    public static async Task<Results<Ok<Page<NoteRevision>>, ProblemHttpResult>> HandleAsync(
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
            ChangeRow.Select
                + """
                WHERE contact_id = @id AND version < @before AND fields @> '[{"field": "notes"}]'
                ORDER BY version DESC LIMIT @rows
                """,
            new
            {
                id,
                before = cursor ?? long.MaxValue,
                rows = limit + 1,
            },
            cancellationToken
        );
        var revisions = changes.Take(limit).Select(ToRevision).ToList();
        if (changes.Count > limit)
        {
            return TypedResults.Ok(new Page<NoteRevision>(revisions, revisions[^1].Version.ToString(CultureInfo.InvariantCulture)));
        }
        if (await FirstAsync(work, card, cancellationToken) is { } first && cursor != 1)
        {
            if (revisions.Count == limit)
            {
                return TypedResults.Ok(new Page<NoteRevision>(revisions, revisions[^1].Version.ToString(CultureInfo.InvariantCulture)));
            }
            revisions.Add(first);
        }
        return TypedResults.Ok(new Page<NoteRevision>(revisions, null));
    }

    private static NoteRevision ToRevision(ChangeRow change) =>
        new()
        {
            Version = change.Version,
            Notes = change.ReadFields().Single(field => field.Field == "notes").After?.GetString(),
            At = change.ChangedAt,
            Kind = change.Kind,
            Source = Enum.Parse<ActorKind>(change.Source, ignoreCase: true),
            Actor = change.ActorId,
        };

    /// <returns>Null where the contact was made without notes.</returns>
    private static async Task<NoteRevision?> FirstAsync(UnitOfWork work, Card card, CancellationToken cancellationToken)
    {
        var notes = await NotesHistory.AtAsync(work, card, 1, cancellationToken);
        if (notes is null)
        {
            return null;
        }
        var made = (await CardProvenance.ReadAsync(work, [card.Id], cancellationToken))[card.Id].Made;
        return new()
        {
            Version = 1,
            Notes = notes,
            At = card.CreatedAt,
            Kind = "created",
            Source = card.Source,
            Actor = made.Actor,
        };
    }
}
