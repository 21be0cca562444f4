namespace CommunicationsIngest.Calls;

/// <summary>
/// How far a call has come. A call only moves up in rank, and within a rank by the provider's sequence, so callbacks in any order, and repeated ones, end in the same state.
/// </summary>
internal readonly record struct CallStatus(string Name, short Rank)
{
    private const short Final = 4;

    public bool IsFinal => Rank == Final;
    public bool IsAnswered => Name == "in_progress";

    /// <summary>By the words that providers use, with - or _ in them.</summary>
    /// <returns>Null for an unknown word.</returns>
    public static CallStatus? Parse(string? text) =>
        text?.Replace('-', '_') switch
        {
            "queued" => new("queued", 0),
            "initiated" => new("initiated", 1),
            "ringing" => new("ringing", 2),
            "in_progress" or "answered" => new("in_progress", 3),
            "completed" => new("completed", Final),
            "busy" => new("busy", Final),
            "no_answer" => new("no_answer", Final),
            "failed" => new("failed", Final),
            "canceled" => new("canceled", Final),
            _ => null,
        };
}
