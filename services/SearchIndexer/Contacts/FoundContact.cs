using Messages;
using Messages.Contacts;
using SearchIndexer.Engines;

namespace SearchIndexer.Contacts;

/// <summary>A contact as it was when last indexed; the same shape as <c>GET /v1/contacts/{id}</c>.</summary>
/// <param name="Phone">The primary phone, E.164.</param>
/// <param name="Phones">All phones, E.164, the primary one first.</param>
/// <param name="Name">First and last name as one line; null while unknown.</param>
/// <param name="Email">The primary email.</param>
/// <param name="Tags">Names of the tags.</param>
/// <param name="LastContactAt">The most recent call, text or chat, UTC; null if there was none.</param>
/// <param name="Source">Who made the contact.</param>
/// <param name="Version">Counts the contact's changes from 1.</param>
public sealed record FoundContact(
    Guid Id,
    string? Phone,
    IReadOnlyList<string> Phones,
    string? Name,
    string? FirstName,
    string? LastName,
    string? Email,
    IReadOnlyList<string> Emails,
    string? Company,
    string? Notes,
    IReadOnlyList<string> Tags,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? LastContactAt,
    int CallCount,
    int MessageCount,
    int ChatCount,
    ActorKind Source,
    long Version
)
{
    internal static FoundContact From(Hit hit)
    {
        var card = hit.Card;
        var phones = Values(card, IdentityKind.Phone);
        var emails = Values(card, IdentityKind.Email);
        return new(
            card.Id,
            phones.FirstOrDefault(),
            phones,
            card.Name,
            card.FirstName,
            card.LastName,
            emails.FirstOrDefault(),
            emails,
            card.Company,
            card.Notes,
            card.Tags,
            card.CreatedAt,
            card.UpdatedAt,
            hit.LastContactAt,
            hit.CallCount,
            hit.MessageCount,
            hit.ChatCount,
            card.Source,
            card.Version
        );
    }

    private static List<string> Values(ContactCard card, IdentityKind kind) =>
        [.. card.Identities.Where(identity => identity.Kind == kind).OrderByDescending(identity => identity.IsPrimary).Select(identity => identity.Value)];
}
