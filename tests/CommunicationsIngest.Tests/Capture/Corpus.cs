namespace CommunicationsIngest.Tests.Capture;

/// <summary>
/// Short conversations with what is to be captured of each. A file is a list of them, a blank line between: a title behind <c>#</c>, lines of <c>agent:</c> and
/// <c>person:</c>, and <c>=> field: value</c> for each expected detail; none where nothing may be captured. A <c>\n</c> in a line is a new line.
/// </summary>
internal static class Corpus
{
    public static IReadOnlyList<Example> Read(params string[] names) =>
        [.. names.SelectMany(name => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Capture", "Corpus", name)).Split("\n\n")).Select(Parse)];

    private static Example Parse(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(
            lines[0][2..],
            [.. lines.Where(line => line[0] is 'a' or 'p').Select(ParseLine)],
            [.. lines.Where(line => line[0] == '=').Select(ParseDetail)]
        );
    }

    private static (bool IsPerson, string Text) ParseLine(string line) =>
        (line[0] == 'p', line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..].Replace("\\n", "\n", StringComparison.Ordinal));

    private static (string Field, string Value) ParseDetail(string line)
    {
        var parts = line[3..].Split(": ", 2);
        return (parts[0], parts[1]);
    }

    internal sealed record Example(string Title, IReadOnlyList<(bool IsPerson, string Text)> Lines, IReadOnlyList<(string Field, string Value)> Expected);
}
