using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>What a caller gave of a contact, before it is checked.</summary>
internal sealed record ContactInput
{
    public Optional<string> Phone { get; init; }
    public Optional<string> Email { get; init; }
    public Optional<string> Name { get; init; }
    public Optional<string> FirstName { get; init; }
    public Optional<string> LastName { get; init; }
    public Optional<string> Company { get; init; }
    public Optional<string> Notes { get; init; }
    public Optional<IReadOnlyList<string>> Tags { get; init; }
}
