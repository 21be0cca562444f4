using Contacts.Avatars;
using Messages;
using Messages.Contacts;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>A contact as it is stored: what can be changed, who made it, and its activity.</summary>
internal sealed record Card
{
    /// <summary>Contacts that are found by themselves; an absorbed one is found through its survivor.</summary>
    public const string Live = "c.merged_into IS NULL";

    /// <summary>Names of the card's fields as <see cref="ContactChanged.Changed"/> gives them; custom fields are <c>custom.</c> and their key.</summary>
    public static readonly IReadOnlyList<string> Fields =
    [
        "name",
        "first_name",
        "last_name",
        "company",
        "notes",
        "language",
        "time_zone",
        "avatar",
        "identities",
        "tags",
    ];

    public required Guid Id { get; init; }
    public required long Version { get; init; }
    public required ContactState State { get; init; }
    public required ActorKind Source { get; init; }

    /// <summary>Id of the actor who made it; null for one made before this was kept.</summary>
    public string? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public Guid? MergedInto { get; init; }
    public DateTimeOffset? LastContactAt { get; init; }
    public int CallCount { get; init; }
    public int MessageCount { get; init; }
    public int ChatCount { get; init; }

    /// <returns>The contact; 404 where there is none; 308 to its survivor where it was absorbed.</returns>
    public static async Task<CardResult> FindAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        var cards = await QueryAsync(work, "WHERE c.id = @id", new { id }, cancellationToken);
        return cards switch
        {
            [{ MergedInto: null } card] => card,
            [_] => Absorbed.MovedTo(await Absorbed.SurvivorOfAsync(work, id, cancellationToken)),
            _ => Problem.NotFound("contact"),
        };
    }

    /// <summary>
    /// Like <see cref="FindAsync"/>, and nobody else changes the contact until this unit of work ends. The lock comes first and the card is read after it: one statement
    /// would show the tags and identities of before the wait.
    /// </summary>
    public static async Task<CardResult> LockAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync("SELECT 1 FROM contacts WHERE id = @id FOR NO KEY UPDATE", new { id }, cancellationToken);
        return await FindAsync(work, id, cancellationToken);
    }

    /// <returns>Those that exist and were not absorbed, by id, locked like <see cref="LockAsync"/>.</returns>
    public static async Task<IReadOnlyList<Card>> LockAllAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return [];
        }
        await work.ExecuteAsync("SELECT 1 FROM contacts WHERE id = ANY (@ids) ORDER BY id FOR NO KEY UPDATE", new { ids }, cancellationToken);
        return await FindAllAsync(work, ids, cancellationToken);
    }

    /// <returns>Those that exist and were not absorbed, by id.</returns>
    public static Task<IReadOnlyList<Card>> FindAllAsync(UnitOfWork work, Guid[] ids, CancellationToken cancellationToken) =>
        QueryAsync(work, $"WHERE c.id = ANY (@ids) AND {Live} ORDER BY c.id", new { ids }, cancellationToken);

    /// <param name="rest">What follows FROM, where <c>contacts</c> is <c>c</c>.</param>
    public static async Task<IReadOnlyList<Card>> QueryAsync(UnitOfWork work, string rest, object parameters, CancellationToken cancellationToken) =>
        [.. (await work.QueryAsync<CardRow>(CardRow.Select + rest, parameters, cancellationToken)).Select(row => row.ToCard())];

    public ContactCard ToMessage() =>
        new()
        {
            Id = Id,
            Version = Version,
            Name = State.Name.Full,
            FirstName = State.Name.First,
            LastName = State.Name.Last,
            Company = State.Company,
            Notes = State.Notes,
            Language = State.Language,
            TimeZone = State.TimeZone,
            CustomFields = State.CustomFields,
            Avatar = State.Avatar,
            Identities = [.. State.Identities.Select(identity => new ContactIdentity(IdentityKinds.Parse(identity.Kind), identity.Value, identity.IsPrimary))],
            Tags = [.. State.Tags.Select(tag => tag.Text)],
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            Source = Source,
        };

    public ContactResponse ToResponse() =>
        new()
        {
            Id = Id,
            Phone = State.PrimaryOf(IdentityKinds.Phone),
            Phones = [.. State.ValuesOf(IdentityKinds.Phone)],
            Name = State.Name.Full,
            FirstName = State.Name.First,
            LastName = State.Name.Last,
            Email = State.PrimaryOf(IdentityKinds.Email),
            Emails = [.. State.ValuesOf(IdentityKinds.Email)],
            ExternalIds = [.. State.ValuesOf(IdentityKinds.External)],
            ChatVisitors = [.. State.ValuesOf(IdentityKinds.ChatVisitor)],
            Company = State.Company,
            Notes = State.Notes,
            AvatarUrl = ContactAvatar.UrlOf(this),
            Language = State.Language,
            TimeZone = State.TimeZone,
            CustomFields = State.CustomFields,
            Tags = [.. State.Tags.Select(tag => tag.Text)],
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            LastContactAt = LastContactAt,
            CallCount = CallCount,
            MessageCount = MessageCount,
            ChatCount = ChatCount,
            Source = Source,
            Version = Version,
        };
}
