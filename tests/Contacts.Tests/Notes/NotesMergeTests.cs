using Contacts.Notes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Contacts.Tests.Notes;

public sealed class NotesMergeTests
{
    [Theory]
    [InlineData("a\nb\nc\n", "a\nX\nc\n", "a\nb\nc\nd\n", "a\nX\nc\nd\n")]
    [InlineData("a\nb\nc\nd\ne\n", "a\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "a\nc\nd\nE\n")]
    [InlineData("a\nb\nc", "X\na\nb\nc", "a\nb\nc\nY", "X\na\nb\nc\nY")]
    [InlineData("a\nb", "a\nB", "a\nB", "a\nB")]
    [InlineData("", "", "mine", "mine")]
    [InlineData("a", "", "a", "")]
    [InlineData("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nC\r\n")]
    public void Changes_of_different_lines_are_both_there(string original, string theirs, string mine, string merged) =>
        Assert.Equal(new MergedNotes(merged, false), NotesMerge.Merge(original, theirs, mine));

    [Theory]
    [InlineData("a\nb\nc\n", "a\nX\nc\n", "a\nY\nc\n", "a\nX\nY\nc\n")]
    [InlineData("a\nb", "a\nX", "a\nY", "a\nX\nY")]
    [InlineData(null, "theirs", "mine", "theirs\nmine")]
    [InlineData("a\nb\nc\nd\n", "a\nX\nd\n", "a\nb\nY\nd\n", "a\nX\nb\nY\nd\n")]
    public void Changes_of_the_same_lines_stand_one_after_the_other(string? original, string theirs, string mine, string merged) =>
        Assert.Equal(new MergedNotes(merged, true), NotesMerge.Merge(original, theirs, mine));

    /// <summary>Whoever changed nothing gets the other's text; two who did the same get that; and no line of either side is lost.</summary>
    [Property(MaxTest = 500)]
    public Property Nothing_is_lost() =>
        Prop.ForAll(
            Texts(),
            Texts(),
            Texts(),
            (original, theirs, mine) =>
            {
                Assert.Equal(new MergedNotes(mine, false), NotesMerge.Merge(original, original, mine));
                Assert.Equal(new MergedNotes(theirs, false), NotesMerge.Merge(original, theirs, original));
                Assert.Equal(new MergedNotes(mine, false), NotesMerge.Merge(original, mine, mine));
                var merged = NotesMerge.Merge(original, theirs, mine).Text.Split('\n');
                var added = theirs.Split('\n').Except(original.Split('\n')).Concat(mine.Split('\n').Except(original.Split('\n')));
                Assert.Subset(merged.ToHashSet(), added.Where(line => line.Length > 0).ToHashSet());
            }
        );

    /// <summary>Few different lines, so that changes overlap in every way.</summary>
    private static Arbitrary<string> Texts() => Gen.Elements("a", "b", "c", "d", "e").ListOf().Select(lines => string.Join('\n', lines)).ToArbitrary();
}
