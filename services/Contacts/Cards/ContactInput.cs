using System.Text.Json;
using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>What a caller gives of a contact: what is absent stays as it is, null clears.</summary>
public abstract record ContactInput
{
    /// <summary>In place of the primary phone. E.164 or as it is dialled in the workspace's country.</summary>
    /// <example>+16045551234</example>
    public Optional<string> Phone { get; init; }

    /// <summary>All of the contact's phones, at most 20, the primary one first. Not together with <c>phone</c>.</summary>
    public Optional<IReadOnlyList<string>> Phones { get; init; }

    /// <summary>In place of the primary email.</summary>
    /// <example>john@example.com</example>
    public Optional<string> Email { get; init; }

    /// <summary>All of the contact's emails, at most 20, the primary one first. Not together with <c>email</c>.</summary>
    public Optional<IReadOnlyList<string>> Emails { get; init; }

    /// <summary>All ids in other systems, <c>system:id</c>, at most 20.</summary>
    /// <example>["hubspot:123"]</example>
    public Optional<IReadOnlyList<string>> ExternalIds { get; init; }

    /// <summary>The full name, at most 200 characters; first and last name are taken from it where they are not given.</summary>
    /// <example>John Smith Jr.</example>
    public Optional<string> Name { get; init; }

    /// <summary>At most 100 characters.</summary>
    public Optional<string> FirstName { get; init; }

    /// <summary>At most 100 characters.</summary>
    public Optional<string> LastName { get; init; }

    /// <summary>At most 200 characters.</summary>
    public Optional<string> Company { get; init; }

    /// <summary>At most 10,000 characters.</summary>
    public Optional<string> Notes { get; init; }

    /// <summary>Preferred language, BCP 47.</summary>
    /// <example>fr-CA</example>
    public Optional<string> Language { get; init; }

    /// <summary>IANA time zone.</summary>
    /// <example>America/Vancouver</example>
    public Optional<string> TimeZone { get; init; }

    /// <summary>All of the contact's tags by name, at most 50 of 1 to 50 characters; those that do not exist yet are created.</summary>
    public Optional<IReadOnlyList<string>> Tags { get; init; }

    /// <summary>
    /// Values of the workspace's custom fields by key; a key that is absent stays as it is, null clears. Text, choice and link take a string, number a number, date
    /// <c>yyyy-MM-dd</c>, yes_no true or false, multi_choice an array of strings.
    /// </summary>
    public Optional<IReadOnlyDictionary<string, JsonElement>> CustomFields { get; init; }
}
