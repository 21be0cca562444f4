namespace Contacts.Cards;

/// <summary>Who or what set a field, when, and what shows it.</summary>
internal sealed record FieldProvenance(string Source, string Actor, DateTimeOffset At, Evidence? Evidence)
{
    public static FieldProvenance Of(Origin origin, DateTimeOffset now) => new(origin.Source, origin.Actor.Id, origin.SaidAt ?? now, origin.Evidence);
}
