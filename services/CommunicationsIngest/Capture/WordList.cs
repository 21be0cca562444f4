using System.Collections.Frozen;

namespace CommunicationsIngest.Capture;

/// <summary>Lower-case words that tell names from other words; one file each in Words/.</summary>
internal static class WordList
{
    public static readonly FrozenSet<string> GivenNames = Load("given-names");

    /// <summary>Given names that are also words, surnames or places: written in lower case they are no names.</summary>
    public static readonly FrozenSet<string> AmbiguousNames = Load("ambiguous-names");

    /// <summary>What follows "I'm", "this is" or "my name is" and is no name, in English, Spanish and French.</summary>
    public static readonly FrozenSet<string> NotNames = Load("not-names");

    /// <summary>Words of which businesses make their names.</summary>
    public static readonly FrozenSet<string> Business = Load("business-words");

    /// <summary>First words of countries, regions and large cities.</summary>
    public static readonly FrozenSet<string> Places = Load("places");

    private static FrozenSet<string> Load(string name)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream($"CommunicationsIngest.Capture.Words.{name}.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
