using Contacts.Cards;
using Messages;

namespace Contacts.Captures;

/// <summary>Something that was said of a contact, read and checked.</summary>
/// <param name="Field">One of <see cref="CapturedFields"/>.</param>
/// <param name="IsForm">Typed into a form by the person: the first such value stands, and before anything that was heard.</param>
/// <param name="SpokenFrom">The identity under which the person spoke; null where that is not known.</param>
internal sealed record Capture(
    Guid ContactId,
    string Field,
    string Value,
    DateTimeOffset SaidAt,
    Actor Actor,
    bool IsForm,
    Evidence Evidence,
    (string Kind, string Value)? SpokenFrom = null,
    string? TraceParent = null
)
{
    public static readonly Actor Listener = new(ActorKind.Agent, "capture");
    public static readonly Actor Form = new(ActorKind.System, "chat-form");

    public string Key { get; } = CapturedFields.KeyOf(Field, Value);

    public Origin Origin => new(Actor, ChangeKinds.Captured, Evidence, SaidAt);
}
