using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Cards;

/// <summary>A card, or why there is none to give.</summary>
internal readonly record struct CardResult(Card? Card, ProblemHttpResult? Problem)
{
    public static implicit operator CardResult(Card card) => new(card, null);

    public static implicit operator CardResult(ProblemHttpResult problem) => new(null, problem);
}
