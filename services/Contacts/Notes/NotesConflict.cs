using Contacts.Cards;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Notes;

/// <summary>Notes as they were at a version.</summary>
public sealed record NotesAt(string? Notes, long? Version);

/// <summary>
/// The answer to notes that were written over a version which is no longer the present one: beside the problem the present notes, the ones that the writer began with, and
/// the two changes merged, for the writer to show or to send again.
/// </summary>
internal static class NotesConflict
{
    public static async Task<ProblemHttpResult> DescribeAsync(
        UnitOfWork work,
        HttpRequest request,
        Card card,
        string? mine,
        CancellationToken cancellationToken
    )
    {
        var problem = Problem.PreconditionFailed();
        problem.ProblemDetails.Extensions["current"] = new NotesAt(card.State.Notes, card.Version);
        if (VersionOf(request) is { } version && version > 0 && version < card.Version)
        {
            var original = await NotesHistory.AtAsync(work, card, version, cancellationToken);
            var merged = NotesMerge.Merge(original, card.State.Notes, mine);
            problem.ProblemDetails.Extensions["base"] = new NotesAt(original, version);
            problem.ProblemDetails.Extensions["merged"] = merged.Text;
            problem.ProblemDetails.Extensions["has_conflicts"] = merged.HasConflicts;
        }
        return problem;
    }

    private static long? VersionOf(HttpRequest request) =>
        request.GetTypedHeaders().IfMatch is [{ } tag, ..] && tag != EntityTagHeaderValue.Any && long.TryParse(tag.Tag.AsSpan().Trim('"'), out var version)
            ? version
            : null;
}
