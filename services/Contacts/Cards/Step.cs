using System.Text.Json;
using ServiceDefaults.Json;

namespace Contacts.Cards;

/// <summary>A change that is about to be written: the cards on both sides and what differs.</summary>
internal sealed record Step(Card Before, Card After, Origin Origin, IReadOnlyList<FieldChange> Fields, bool IsNew, string? TraceParent)
{
    public static Step Of(CardChange change, DateTimeOffset now) =>
        new(
            change.Before,
            change.Before with
            {
                State = change.After,
                MergedInto = change.MergedInto,
                Version = change.IsNew ? change.Before.Version : change.Before.Version + 1,
                UpdatedAt = now,
            },
            change.Origin,
            FieldChange.Between(change.Before.State, change.After),
            change.IsNew,
            change.TraceParent
        );

    public bool ChangesAnything => Fields.Count > 0 || Before.MergedInto != After.MergedInto;

    /// <summary>Who set the fields that this step changes, as a JSON object by field. Identities carry theirs in their own rows.</summary>
    public string Provenance =>
        JsonSerializer.Serialize(
            Fields.Where(change => change.Field != "identities").ToDictionary(change => change.Field, _ => FieldProvenance.Of(Origin, After.UpdatedAt)),
            ApiJson.Options
        );
}
