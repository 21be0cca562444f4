using System.Globalization;
using System.Text.Json;
using Contacts.Cards;

namespace Contacts.History;

/// <summary>A change in plain English.</summary>
internal static class ChangeSummary
{
    private const int MaxValue = 80;

    public static string Of(string kind, IReadOnlyList<FieldChange> fields)
    {
        // The parts of a name say nothing that the whole does not.
        var told = fields.Any(field => field.Field == "name") ? fields.Where(field => field.Field is not ("first_name" or "last_name")) : fields;
        var sentence = string.Join("; ", told.SelectMany(Clauses));
        return (Opening(kind), sentence) switch
        {
            (null, "") => "Nothing that is shown changed.",
            (null, _) => Capital(sentence) + ".",
            ({ } opening, "") => opening + ".",
            ({ } opening, _) => $"{opening}: {sentence}.",
        };
    }

    private static string? Opening(string kind) =>
        kind switch
        {
            ChangeKinds.Updated or ChangeKinds.IdentityMoved => null,
            ChangeKinds.Captured => "Captured",
            ChangeKinds.SuggestionAccepted => "Suggestion accepted",
            ChangeKinds.Reverted => "Change taken back",
            ChangeKinds.Merged => "Another contact merged into this one",
            ChangeKinds.MergeUndone => "Merge undone",
            ChangeKinds.ConsentChanged => "Consent changed",
            _ => Capital(kind.Replace('_', ' ')),
        };

    private static IEnumerable<string> Clauses(FieldChange change) =>
        change.Field switch
        {
            "tags" => Difference(Texts(change.Before), Texts(change.After), "tag"),
            "identities" => IdentityClauses(Identities(change.Before), Identities(change.After)),
            "notes" =>
            [
                change.Before is null ? "notes written"
                : change.After is null ? "notes cleared"
                : "notes changed",
            ],
            "avatar" => [change.After is null ? "avatar removed" : "avatar changed"],
            _ => [FieldClause(NameOf(change.Field), Text(change.Before), Text(change.After))],
        };

    private static string FieldClause(string field, string? before, string? after) =>
        (before, after) switch
        {
            (null, _) => $"{field} set to {after}",
            (_, null) => $"{field} cleared (was {before})",
            _ => $"{field} changed from {before} to {after}",
        };

    private static IEnumerable<string> IdentityClauses(IReadOnlyList<Identity> before, IReadOnlyList<Identity> after)
    {
        foreach (var added in after.Where(identity => !before.Any(identity.IsSameAs)))
        {
            yield return $"{KindOf(added)} {added.Value} added";
        }
        foreach (var removed in before.Where(identity => !after.Any(identity.IsSameAs)))
        {
            yield return $"{KindOf(removed)} {removed.Value} removed";
        }
        foreach (var identity in after.Where(identity => before.Any(identity.IsSameAs)))
        {
            var was = before.First(identity.IsSameAs);
            if (identity.IsPrimary && !was.IsPrimary)
            {
                yield return $"{KindOf(identity)} {identity.Value} made primary";
            }
            if (identity.IsShared != was.IsShared)
            {
                yield return $"{KindOf(identity)} {identity.Value} marked as {(identity.IsShared ? "shared by several people" : "one person's")}";
            }
        }
    }

    private static IEnumerable<string> Difference(IReadOnlyList<string> before, IReadOnlyList<string> after, string noun) =>
        [.. after.Except(before).Select(added => $"{noun} {added} added"), .. before.Except(after).Select(removed => $"{noun} {removed} removed")];

    private static string KindOf(Identity identity) =>
        identity.Kind switch
        {
            IdentityKinds.External => "id in another system",
            _ => identity.Kind.Replace('_', ' '),
        };

    private static string NameOf(string field) =>
        (field.StartsWith(FieldChange.CustomPrefix, StringComparison.Ordinal) ? field[FieldChange.CustomPrefix.Length..] : field).Replace('_', ' ');

    private static string? Text(JsonElement? value) =>
        value switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => Short(text.GetString()!),
            { ValueKind: JsonValueKind.True } => "yes",
            { ValueKind: JsonValueKind.False } => "no",
            { ValueKind: JsonValueKind.Array } list => Short(string.Join(", ", list.EnumerateArray().Select(item => Text(item)))),
            { } other => Short(other.GetRawText()),
        };

    private static string Short(string text)
    {
        var characters = new StringInfo(text);
        return characters.LengthInTextElements <= MaxValue ? text : characters.SubstringByTextElements(0, MaxValue - 1) + "…";
    }

    private static IReadOnlyList<string> Texts(JsonElement? array) => array is null ? [] : [.. array.Value.EnumerateArray().Select(item => item.GetString()!)];

    private static IReadOnlyList<Identity> Identities(JsonElement? array) => FieldChange.ReadIdentities(array);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
