using Contacts.Captures;
using Contacts.Cards;
using ServiceDefaults.Postgres;

namespace Contacts.Suggestions;

/// <summary>Suggestions that wait. One closes by itself when its field comes to have its value by other means.</summary>
internal static class OpenSuggestions
{
    public static Task CloseAsync(UnitOfWork work, IReadOnlyList<Step> steps, CancellationToken cancellationToken)
    {
        var values = steps.SelectMany(step => Values(step).Select(one => (ContactId: step.After.Id, one.Field, one.Value))).ToList();
        return values.Count == 0
            ? Task.CompletedTask
            : work.ExecuteAsync(
                """
                UPDATE captured_values v SET status = 'closed'
                FROM unnest(@contactIds, @fields, @keys) AS present (contact_id, field, key)
                WHERE v.contact_id = present.contact_id AND v.field = present.field AND v.key = present.key AND v.status = 'open'
                """,
                new
                {
                    contactIds = values.Select(one => one.ContactId).ToArray(),
                    fields = values.Select(one => one.Field).ToArray(),
                    keys = values.Select(one => CapturedFields.KeyOf(one.Field, one.Value)).ToArray(),
                },
                cancellationToken
            );
    }

    /// <summary>What the contact says now in the fields that the step changed. A name says its first name too.</summary>
    private static IEnumerable<(string Field, string Value)> Values(Step step)
    {
        var state = step.After.State;
        var changed = step.Fields.Select(change => change.Field).ToHashSet(StringComparer.Ordinal);
        var texts = new (string Changed, string Field, string? Value)[]
        {
            ("name", CapturedFields.Name, state.Name.Full),
            ("first_name", CapturedFields.Name, state.Name.First),
            ("last_name", CapturedFields.LastName, state.Name.Last),
            ("company", CapturedFields.Company, state.Company),
            ("language", CapturedFields.Language, state.Language),
            ("time_zone", CapturedFields.TimeZone, state.TimeZone),
        };
        var identities = state.Identities.Where(identity => changed.Contains("identities") && CapturedFields.IsIdentity(identity.Kind));
        return texts
            .Where(text => text.Value is not null && changed.Contains(text.Changed))
            .Select(text => (text.Field, text.Value!))
            .Concat(identities.Select(identity => (identity.Kind, identity.Value)));
    }
}
