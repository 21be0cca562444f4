namespace Messages.CommunicationsIngest;

/// <summary>The business's own numbers, which never become contacts. Of two, the one that occurred later holds.</summary>
/// <param name="Numbers">All of them, E.164; at most 1,000.</param>
public sealed record OwnNumbersChanged(IReadOnlyList<string> Numbers);
