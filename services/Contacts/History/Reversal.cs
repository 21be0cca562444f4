using System.Text.Json;
using Contacts.Cards;
using Contacts.Tags;
using ServiceDefaults.Json;

namespace Contacts.History;

/// <summary>
/// Takes a single change back. A field goes back to what it was; where it was changed again since, that is told, and the field goes back all the same. Of tags and identities
/// what was added goes and what was removed comes back, whatever happened to the others.
/// </summary>
internal sealed class Reversal(ContactState present)
{
    private readonly List<string> _changedSince = [];
    private ContactState _state = present;

    /// <summary>Fields that have another value now than the change gave them.</summary>
    public IReadOnlyList<string> ChangedSince => _changedSince;

    public ContactState TakeBack(IReadOnlyList<FieldChange> changes)
    {
        foreach (var change in changes)
        {
            _state = change.Field switch
            {
                "tags" => TakeBackTags(change),
                "identities" => TakeBackIdentities(FieldChange.ReadIdentities(change.Before), FieldChange.ReadIdentities(change.After)),
                _ => TakeBackValue(change),
            };
        }
        return _state;
    }

    public static bool TouchesOptOut(IReadOnlyList<FieldChange> changes) =>
        changes.Any(change => change.Field == "tags" && Tags(change.Before).Contains(TagName.OptOut) != Tags(change.After).Contains(TagName.OptOut));

    private ContactState TakeBackValue(FieldChange change)
    {
        var now = ValueOf(change.Field);
        if (!AreEqual(now, change.After) && !AreEqual(now, change.Before))
        {
            _changedSince.Add(change.Field);
        }
        return With(change.Field, change.Before);
    }

    private ContactState TakeBackTags(FieldChange change)
    {
        var (before, after) = (Tags(change.Before), Tags(change.After));
        return _state.WithTags(_state.Tags.Except(after.Except(before)).Concat(before.Except(after)));
    }

    private ContactState TakeBackIdentities(IReadOnlyList<Identity> before, IReadOnlyList<Identity> after)
    {
        var removed = before.Where(identity => !after.Any(identity.IsSameAs));
        var kept = _state
            .Identities.Where(identity => before.Any(identity.IsSameAs) || !after.Any(identity.IsSameAs))
            .Select(identity => identity with { IsShared = SharedBefore(identity, before, after) });
        var identities = kept.Concat(removed.Where(identity => !_state.Identities.Any(identity.IsSameAs))).ToList();
        return _state.WithIdentities(
            identities.Select(identity => identity with { IsPrimary = identity.IsSameAs(PrimaryOf(identity.Kind, identities, before)) })
        );
    }

    /// <summary>The one of before; where that is gone, the present one; where that goes, any.</summary>
    private static Identity PrimaryOf(string kind, List<Identity> identities, IReadOnlyList<Identity> before)
    {
        var ofKind = identities.Where(identity => identity.Kind == kind).OrderByDescending(identity => identity.IsPrimary).ToList();
        var was = ofKind.Where(identity => before.Any(one => one.IsPrimary && one.IsSameAs(identity))).ToList();
        return was.Count > 0 ? was[0] : ofKind[0];
    }

    private static bool SharedBefore(Identity identity, IReadOnlyList<Identity> before, IReadOnlyList<Identity> after)
    {
        var was = before.Where(identity.IsSameAs).ToList();
        var became = after.Where(identity.IsSameAs).ToList();
        return was.Count > 0 && became.Count > 0 && was[0].IsShared != became[0].IsShared ? was[0].IsShared : identity.IsShared;
    }

    private JsonElement? ValueOf(string field) =>
        field.StartsWith(FieldChange.CustomPrefix, StringComparison.Ordinal)
            ? _state.CustomFields.TryGetValue(field[FieldChange.CustomPrefix.Length..], out var value)
                ? value
                : null
            : ToJson(
                field switch
                {
                    "name" => _state.Name.Full,
                    "first_name" => _state.Name.First,
                    "last_name" => _state.Name.Last,
                    "company" => _state.Company,
                    "notes" => _state.Notes,
                    "language" => _state.Language,
                    "time_zone" => _state.TimeZone,
                    "avatar" => _state.Avatar,
                    _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
                }
            );

    private ContactState With(string field, JsonElement? before)
    {
        if (field.StartsWith(FieldChange.CustomPrefix, StringComparison.Ordinal))
        {
            var custom = _state.CustomFields.ToDictionary();
            custom.Remove(field[FieldChange.CustomPrefix.Length..]);
            if (before is not null)
            {
                custom.Add(field[FieldChange.CustomPrefix.Length..], before.Value);
            }
            return _state with { CustomFields = custom };
        }
        var text = before?.GetString();
        return field switch
        {
            "name" => _state with { Name = _state.Name with { Full = text } },
            "first_name" => _state with { Name = _state.Name with { First = text } },
            "last_name" => _state with { Name = _state.Name with { Last = text } },
            "company" => _state with { Company = text },
            "notes" => _state with { Notes = text },
            "language" => _state with { Language = text },
            "time_zone" => _state with { TimeZone = text },
            "avatar" => _state with { Avatar = text },
            _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
        };
    }

    private static IReadOnlyList<TagName> Tags(JsonElement? side) =>
        side is null ? [] : [.. side.Value.EnumerateArray().Select(item => TagName.TryParse(item.GetString(), out var name) ? name : default)];

    private static JsonElement? ToJson(string? text) => text is null ? null : JsonSerializer.SerializeToElement(text, ApiJson.Options);

    private static bool AreEqual(JsonElement? left, JsonElement? right) =>
        left is null || right is null ? left is null && right is null : JsonElement.DeepEquals(left.Value, right.Value);
}
