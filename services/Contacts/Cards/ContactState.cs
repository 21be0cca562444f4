using System.Text.Json;
using Contacts.Tags;

namespace Contacts.Cards;

/// <summary>All of a contact that somebody can change. Every change is a step from one state to another.</summary>
internal sealed record ContactState
{
    public static readonly ContactState Empty = new();

    public PersonName Name { get; init; } = PersonName.Unknown;
    public string? Company { get; init; }
    public string? Notes { get; init; }

    /// <summary>BCP 47.</summary>
    public string? Language { get; init; }

    /// <summary>IANA.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Hash of an uploaded avatar; null for the generated one.</summary>
    public string? Avatar { get; init; }

    /// <summary>Values by the field's key; what is empty is absent.</summary>
    public IReadOnlyDictionary<string, JsonElement> CustomFields { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>By kind, the primary one of each first, then by value.</summary>
    public IReadOnlyList<Identity> Identities { get; init; } = [];

    /// <summary>By key.</summary>
    public IReadOnlyList<TagName> Tags { get; init; } = [];

    public IEnumerable<string> ValuesOf(string kind) => Identities.Where(identity => identity.Kind == kind).Select(identity => identity.Value);

    public string? PrimaryOf(string kind) => ValuesOf(kind).FirstOrDefault();

    /// <summary>Makes these, the first of them primary, the contact's identities of a kind.</summary>
    public ContactState WithIdentities(string kind, IEnumerable<string> values)
    {
        var present = Identities.Where(identity => identity.Kind == kind).ToDictionary(identity => identity.Value);
        var wanted = values.Distinct().Select((value, index) => new Identity(kind, value, index == 0, present.GetValueOrDefault(value).IsShared));
        return WithIdentities(Identities.Where(identity => identity.Kind != kind).Concat(wanted));
    }

    /// <summary>Puts the value in the place of the primary one of its kind, which is given up; null: the next one becomes primary.</summary>
    public ContactState WithPrimary(string kind, string? value)
    {
        var others = ValuesOf(kind).Skip(1).Where(other => other != value);
        return WithIdentities(kind, value is null ? others : others.Prepend(value));
    }

    /// <summary>Adds the identity, or changes its marks; a primary one takes the place of the present one, and the first of a kind is primary in any case.</summary>
    public ContactState With(string kind, string value, bool isPrimary, bool isShared)
    {
        var others = Identities.Where(identity => (identity.Kind, identity.Value) != (kind, value)).ToList();
        isPrimary |= !others.Any(identity => identity.Kind == kind);
        return WithIdentities(
            others
                .Select(identity => isPrimary && identity.Kind == kind ? identity with { IsPrimary = false } : identity)
                .Append(new Identity(kind, value, isPrimary, isShared))
        );
    }

    /// <summary>The next one of the kind becomes primary where the primary one goes.</summary>
    public ContactState Without(string kind, string value) => WithIdentities(kind, ValuesOf(kind).Where(other => other != value));

    /// <summary>In the order in which rows are read.</summary>
    public ContactState WithIdentities(IEnumerable<Identity> identities) =>
        this with
        {
            Identities =
            [
                .. identities
                    .OrderBy(identity => identity.Kind, StringComparer.Ordinal)
                    .ThenByDescending(identity => identity.IsPrimary)
                    .ThenBy(identity => identity.Value, StringComparer.Ordinal),
            ],
        };

    /// <summary>Sets values by key; null clears.</summary>
    public ContactState WithCustomFields(IReadOnlyDictionary<string, JsonElement?> values)
    {
        if (values.Count == 0)
        {
            return this;
        }
        var present = CustomFields.Where(value => !values.ContainsKey(value.Key));
        var given = values.Where(value => value.Value is not null).Select(value => KeyValuePair.Create(value.Key, value.Value!.Value));
        return this with { CustomFields = InOrder(present.Concat(given)) };
    }

    /// <summary>By key, so that one state is written in one way.</summary>
    public static IReadOnlyDictionary<string, JsonElement> InOrder(IEnumerable<KeyValuePair<string, JsonElement>> customFields) =>
        new Dictionary<string, JsonElement>(customFields.OrderBy(value => value.Key, StringComparer.Ordinal));

    public ContactState WithTags(IEnumerable<TagName> tags) => this with { Tags = [.. tags.Distinct().OrderBy(tag => tag.Key, StringComparer.Ordinal)] };
}
