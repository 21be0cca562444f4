using ServiceDefaults.Postgres;

namespace Contacts.CustomFields;

/// <summary>A custom field as it is defined.</summary>
internal sealed record CustomField(Guid Id, string Key, string Label, CustomFieldType Type, IReadOnlyList<string> Choices, string? Description, int Position)
{
    public const int MaxPerWorkspace = 100;
    public const int MaxLabel = 100;
    public const int MaxDescription = 500;
    public const int MaxPosition = 10_000;

    private const string Select = "SELECT id, key, label, type, choices, description, position FROM custom_fields ";

    /// <summary>As <see cref="Cards.ContactState.CustomFields"/>' changes are named.</summary>
    public string HistoryName => Cards.FieldChange.CustomPrefix + Key;

    /// <summary>The choice as the field spells it, whatever the case of <paramref name="text"/>.</summary>
    public string? ChoiceOf(string text) => Choices.FirstOrDefault(choice => Cards.SearchKey.Of(choice) == Cards.SearchKey.Of(text.Trim()));

    public static async Task<IReadOnlyList<CustomField>> ListAsync(UnitOfWork work, CancellationToken cancellationToken) =>
        Read(await work.QueryAsync<Row>(Select + "ORDER BY position, key", null, cancellationToken));

    /// <summary>Those of the keys that there are. They stay as they are until the unit of work ends, so that what is written by them is right when it is committed.</summary>
    public static async Task<IReadOnlyList<CustomField>> HoldAsync(UnitOfWork work, IEnumerable<string> keys, CancellationToken cancellationToken) =>
        Read(await work.QueryAsync<Row>(Select + "WHERE key = ANY (@keys) ORDER BY key FOR KEY SHARE", new { keys = keys.ToArray() }, cancellationToken));

    public static async Task<CustomField?> FindAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        Read(await work.QueryAsync<Row>(Select + "WHERE id = @id", new { id }, cancellationToken)).SingleOrDefault();

    public static async Task<CustomField?> FindAsync(UnitOfWork work, string key, CancellationToken cancellationToken) =>
        Read(await work.QueryAsync<Row>(Select + "WHERE key = @key", new { key }, cancellationToken)).SingleOrDefault();

    /// <summary>Nobody else changes the field, or writes values of it, until the unit of work ends.</summary>
    public static async Task<CustomField?> LockAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken) =>
        Read(await work.QueryAsync<Row>(Select + "WHERE id = @id FOR UPDATE", new { id }, cancellationToken)).SingleOrDefault();

    public CustomFieldResponse ToResponse() => new(Id, Key, Label, Type, Choices, Description, Position);

    private static IReadOnlyList<CustomField> Read(IEnumerable<Row> rows) =>
        [.. rows.Select(row => new CustomField(row.Id, row.Key, row.Label, CustomFieldTypes.Parse(row.Type), row.Choices, row.Description, row.Position))];

    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Key { get; init; } = "";
        public string Label { get; init; } = "";
        public string Type { get; init; } = "";
        public string[] Choices { get; init; } = [];
        public string? Description { get; init; }
        public int Position { get; init; }
    }
}
