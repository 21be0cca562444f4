using System.Text.Json;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Consent;

/// <summary>A reason not to contact somebody now.</summary>
/// <param name="Code">
/// opt_out, do_not_call, quiet_hours, unknown_time_zone (so that it cannot be told whether it is night there), contact_deleted, no_number or no_chat.
/// </param>
/// <param name="Message">For a person to read.</param>
/// <param name="Until">When it ends by itself; null where it does not.</param>
public sealed record PermissionReason(string Code, string Message, DateTimeOffset? Until = null);

/// <summary>Whether a machine or a member of the staff wants to make contact.</summary>
public enum ContactKind
{
    Automated,
    Manual,
}

/// <summary>
/// The one question before anything goes out: may this person be contacted on this channel now? Asked in the transaction that sends, whose <see cref="ConsentLock"/> makes the
/// answer hold until it ends.
/// </summary>
internal sealed record Permission(ConsentIdentity? Identity, Guid? ContactId, IReadOnlyList<PermissionReason> Reasons, IReadOnlyList<PermissionReason> Warnings)
{
    public const string OptOut = "opt_out";
    private const string OptOutTag = "opt-out";
    private const string DoNotCallTag = "Do Not Call";

    public static bool IsDoNotCall(IEnumerable<string> tags) => tags.Any(tag => string.Equals(tag, DoNotCallTag, StringComparison.OrdinalIgnoreCase));

    public bool IsAllowed => Reasons.Count == 0;

    /// <summary>Whom it is about: a contact, or whoever has a number.</summary>
    /// <param name="Identity">Null: the contact's primary one of that kind.</param>
    /// <param name="Sender">The one of our numbers that is used; null: not known yet.</param>
    public sealed record Approach(Channel Channel, ContactKind Kind, Guid? ContactId, ConsentIdentity? Identity, string? Sender);

    /// <returns>Null where there is no such contact.</returns>
    public static async Task<Permission?> AskAsync(UnitOfWork work, Approach approach, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kind = approach.Channel == Channel.Chat ? IdentityKind.ChatVisitor : IdentityKind.Phone;
        var person = await work.SingleAsync<PersonRow>(
            """
            WITH person AS (
                SELECT coalesce(@ContactId, contact_by_identity(@kind, @address)) AS id
            ), card AS (
                SELECT d.contact_id, d.card FROM contact_cards d, person WHERE d.contact_id = person.id
            ), target AS (
                SELECT coalesce(@address, (
                    SELECT i->>'value' FROM card, jsonb_array_elements(card.card->'identities') i
                    WHERE i->>'kind' = @kind
                    ORDER BY (i->>'is_primary')::boolean DESC
                    LIMIT 1)) AS address
            ), identities AS (
                SELECT @kind AS kind, address AS value FROM target WHERE address IS NOT NULL
                UNION
                SELECT i.kind, i.value FROM contact_identities i, person WHERE i.contact_id = person.id
            )
            SELECT person.id AS contact_id, card.contact_id IS NOT NULL AS is_known, card.contact_id IS NOT NULL AND card.card IS NULL AS is_deleted,
                target.address, card.card->>'time_zone' AS time_zone,
                ARRAY(SELECT jsonb_array_elements_text(card.card->'tags')) AS tags,
                ARRAY(
                    SELECT DISTINCT c.covers
                    FROM identities i
                    JOIN consents c ON c.workspace_id = @WorkspaceId AND c.identity_kind = i.kind AND c.identity_value = i.value
                    WHERE c.state = 'opted_out' AND (c.sender = '' OR c.sender = @Sender)
                ) AS refusals
            FROM person CROSS JOIN target LEFT JOIN card ON true
            """,
            new
            {
                work.WorkspaceId,
                approach.ContactId,
                kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()),
                address = approach.Identity?.Value,
                approach.Sender,
            },
            cancellationToken
        );
        if (approach.ContactId is not null && !person.IsKnown)
        {
            return null;
        }
        var identity = person.Address is { } address ? new ConsentIdentity(kind, address) : (ConsentIdentity?)null;
        var found = Find(approach, person, identity, now).ToLookup(found => found.Forbids, found => found.Reason);
        return new(identity, person.IsDeleted ? null : person.ContactId, [.. found[true]], [.. found[false]]);
    }

    private static IEnumerable<(bool Forbids, PermissionReason Reason)> Find(Approach approach, PersonRow person, ConsentIdentity? identity, DateTimeOffset now)
    {
        var isAutomated = approach.Kind == ContactKind.Automated;
        if (approach.ContactId is not null && person.IsDeleted)
        {
            yield return (true, new("contact_deleted", "The contact was deleted."));
        }
        else if (identity is null)
        {
            yield return approach.Channel == Channel.Chat
                ? (true, new("no_chat", "The contact has never chatted."))
                : (true, new("no_number", "The contact has no phone number."));
        }
        if (person.Refusals.Contains("messages") || person.Tags.Contains(OptOutTag, StringComparer.OrdinalIgnoreCase))
        {
            // 47 CFR 64.1200(a)(10): a refusal of texts is one of automated calls too.
            yield return (isAutomated, new(OptOut, "The person opted out of automated messages."));
        }
        if (approach.Channel == Channel.Call && (person.Refusals.Contains("calls") || IsDoNotCall(person.Tags)))
        {
            yield return (true, new("do_not_call", "The person is not to be called."));
        }
        if (approach.Channel != Channel.Chat && identity is not null && QuietHours.Until(now, person.TimeZone, identity.Value.Value) is { } until)
        {
            yield return until == DateTimeOffset.MaxValue
                ? (isAutomated, new("unknown_time_zone", "It is not known whether it is night at the person's place."))
                : (isAutomated, new("quiet_hours", "It is night at the person's place, or may be: nobody is called or texted from 21:00 to 8:00.", until));
        }
    }

    private sealed class PersonRow
    {
        public Guid? ContactId { get; init; }
        public bool IsKnown { get; init; }
        public bool IsDeleted { get; init; }
        public string? Address { get; init; }
        public string? TimeZone { get; init; }
        public string[] Tags { get; init; } = [];
        public string[] Refusals { get; init; } = [];
    }
}
