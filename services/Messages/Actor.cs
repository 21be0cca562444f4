namespace Messages;

/// <summary>Who did something: a kind and an id that means something to that kind (a user's, an API key's, an import's). At most 200 characters.</summary>
public sealed record Actor(ActorKind Kind, string Id)
{
    /// <summary>The product itself, for work that nobody asked for by name.</summary>
    public static readonly Actor System = new(ActorKind.System, "system");
}

/// <summary>The sources that provenance tells apart.</summary>
public enum ActorKind
{
    Person,
    Api,
    Agent,
    Import,
    Crm,
    System,
}
