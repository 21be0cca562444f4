using System.ComponentModel;
using Contacts.Cards;
using Contacts.Tags;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults.Postgres;

namespace Contacts.Merges;

/// <summary>What a merge would do.</summary>
public sealed record MergePreview
{
    public required ContactResponse Survivor { get; init; }
    public required ContactResponse Absorbed { get; init; }

    /// <summary>The survivor as it would be, with the activity of both.</summary>
    public required ContactResponse Result { get; init; }

    /// <summary>Every field that either has, with who wins and why. Pass another choice in <c>choices</c> of the merge.</summary>
    public required IReadOnlyList<MergedField> Fields { get; init; }

    /// <summary>Whether the person may be contacted: the most restrictive of both holds and cannot be chosen away.</summary>
    public required IReadOnlyList<MergedRestriction> Restrictions { get; init; }

    /// <summary>What was said with the absorbed contact and is the survivor's then.</summary>
    public required MovedActivity Moves { get; init; }

    /// <summary>What is more than one contact can hold, by field; the merge is refused until it is less. Empty as a rule.</summary>
    public required IReadOnlyDictionary<string, string[]> Excess { get; init; }
}

/// <param name="Tag"><c>opt-out</c> or <c>Do Not Call</c>.</param>
public sealed record MergedRestriction(string Tag, bool Survivor, bool Absorbed, bool Result);

/// <param name="MessageCount">Texts in both directions.</param>
/// <param name="ChatCount">Chat messages in both directions.</param>
/// <param name="LastContactAt">The latest of them; null where there are none.</param>
public sealed record MovedActivity(int CallCount, int MessageCount, int ChatCount, DateTimeOffset? LastContactAt);

internal static class PreviewMerge
{
    /// <summary>Preview a merge</summary>
    /// <remarks>Changes nothing. The same rules as the merge itself: 409 where the two cannot be merged.</remarks>
    public static async Task<Results<Ok<MergePreview>, ProblemHttpResult>> HandleAsync(
        [FromQuery(Name = "survivor_id")] [Description("The contact that stays.")] Guid survivorId,
        [FromQuery(Name = "absorbed_id")] [Description("The contact that becomes part of it.")] Guid absorbedId,
        UnitOfWork work,
        CancellationToken cancellationToken
    )
    {
        var found = await MergePair.FindAsync(work, survivorId, absorbedId, cancellationToken);
        if (found.Pair is not { } pair)
        {
            return found.Problem!;
        }
        var (survivor, absorbed) = pair;
        var combination = Combination.Of(pair, await FieldSources.ReadAsync(work, pair, cancellationToken), MergeChoices.None);
        return TypedResults.Ok(
            new MergePreview
            {
                Survivor = survivor.ToResponse(),
                Absorbed = absorbed.ToResponse(),
                Result = Sum(survivor with { State = combination.State }, absorbed).ToResponse(),
                Fields = combination.Fields,
                Restrictions =
                [
                    .. TagName.Restrictions.Select(tag => new MergedRestriction(
                        tag.Text,
                        survivor.State.Tags.Contains(tag),
                        absorbed.State.Tags.Contains(tag),
                        combination.State.Tags.Contains(tag)
                    )),
                ],
                Moves = new(absorbed.CallCount, absorbed.MessageCount, absorbed.ChatCount, absorbed.LastContactAt),
                Excess = combination.Excess,
            }
        );
    }

    private static Card Sum(Card survivor, Card absorbed) =>
        survivor with
        {
            CallCount = survivor.CallCount + absorbed.CallCount,
            MessageCount = survivor.MessageCount + absorbed.MessageCount,
            ChatCount = survivor.ChatCount + absorbed.ChatCount,
            LastContactAt = new[] { survivor.LastContactAt, absorbed.LastContactAt }.Max(),
        };
}
