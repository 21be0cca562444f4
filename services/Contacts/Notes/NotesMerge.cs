using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.Model;

namespace Contacts.Notes;

/// <param name="Text">Both sides' changes; where they meet, theirs and then mine.</param>
/// <param name="HasConflicts">Both sides changed the same lines.</param>
internal sealed record MergedNotes(string Text, bool HasConflicts);

/// <summary>
/// Merges two changes of one text, line by line, as diff3 does. The differences are DiffPlex's; its own three-way merge loses lines where changes of both sides overlap
/// (1.9.0), so the merging is here.
/// </summary>
internal static class NotesMerge
{
    private static readonly LineEndingsPreservingChunker Lines = new();

    public static MergedNotes Merge(string? original, string? theirs, string? mine)
    {
        var (left, right) = (Diff(original, theirs), Diff(original, mine));
        var merged = new List<string>();
        var hasConflicts = false;
        var (line, l, r) = (0, 0, 0);
        while (l < left.DiffBlocks.Count || r < right.DiffBlocks.Count)
        {
            var start = Math.Min(StartOf(left, l), StartOf(right, r));
            merged.AddRange(Slice(left.PiecesOld, line, start));
            // A region grows for as long as a change of either side begins inside it or right at its end.
            var (firstLeft, firstRight, end) = (l, r, start);
            while (true)
            {
                if (Reaches(left, l, start, end))
                {
                    end = Math.Max(end, EndOf(left.DiffBlocks[l++]));
                }
                else if (Reaches(right, r, start, end))
                {
                    end = Math.Max(end, EndOf(right.DiffBlocks[r++]));
                }
                else
                {
                    break;
                }
            }
            var theirLines = Side(left, firstLeft, l, start, end);
            var myLines = Side(right, firstRight, r, start, end);
            var isConflict = l > firstLeft && r > firstRight && !theirLines.SequenceEqual(myLines);
            merged.AddRange(
                isConflict ? [.. Terminated(theirLines), .. myLines]
                : l > firstLeft ? theirLines
                : myLines
            );
            hasConflicts |= isConflict;
            line = end;
        }
        merged.AddRange(left.PiecesOld.Skip(line));
        return new(string.Concat(merged), hasConflicts);
    }

    private static DiffResult Diff(string? before, string? after) =>
        Differ.Instance.CreateDiffs(before ?? "", after ?? "", ignoreWhiteSpace: false, ignoreCase: false, Lines);

    private static int StartOf(DiffResult diff, int index) => index < diff.DiffBlocks.Count ? diff.DiffBlocks[index].DeleteStartA : int.MaxValue;

    private static int EndOf(DiffBlock block) => block.DeleteStartA + block.DeleteCountA;

    private static bool Reaches(DiffResult diff, int index, int start, int end) =>
        StartOf(diff, index) is var first && (first == start || (first <= end && end > start));

    private static IEnumerable<string> Slice(IReadOnlyList<string> lines, int start, int end) => lines.Skip(start).Take(end - start);

    /// <summary>A side's lines in place of the original's from <paramref name="start"/> to <paramref name="end"/>.</summary>
    private static List<string> Side(DiffResult diff, int first, int next, int start, int end)
    {
        var lines = new List<string>();
        var at = start;
        foreach (var block in diff.DiffBlocks.Skip(first).Take(next - first))
        {
            lines.AddRange(Slice(diff.PiecesOld, at, block.DeleteStartA));
            lines.AddRange(Slice(diff.PiecesNew, block.InsertStartB, block.InsertStartB + block.InsertCountB));
            at = EndOf(block);
        }
        lines.AddRange(Slice(diff.PiecesOld, at, end));
        return lines;
    }

    /// <summary>The last line of a text may lack its end; another one follows it here.</summary>
    private static List<string> Terminated(List<string> lines) =>
        lines.Count == 0 || lines[^1].EndsWith('\n') ? lines : [.. lines.SkipLast(1), lines[^1] + "\n"];
}
