using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Cards;

/// <summary>What became of a write: the card after it, or why it was refused.</summary>
internal readonly record struct Written(Card? Card, ProblemHttpResult? Problem)
{
    public static implicit operator Written(Card card) => new(card, null);

    public static implicit operator Written(ProblemHttpResult problem) => new(null, problem);
}
