using Contacts.Cards;
using Contacts.CustomFields;
using Contacts.Tags;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Batches;

/// <summary>A row that was read: what it gives, checked and normalised.</summary>
internal sealed class BatchRow
{
    private readonly ContactFields _fields;
    private readonly BatchMode _mode;
    private readonly TagsMode _tagsMode;
    private readonly HashSet<string>? _matchKinds;

    private BatchRow(int index, ContactFields fields, UpsertContactsRequest request, Origin origin)
    {
        Index = index;
        Origin = origin;
        _fields = fields;
        _mode = request.Mode;
        _tagsMode = request.TagsMode;
        _matchKinds = request.Contacts[index].MatchBy?.Select(KindOf).ToHashSet(StringComparer.Ordinal);
        Given = fields.ApplyTo(ContactState.Empty);
    }

    public int Index { get; }

    public Origin Origin { get; }

    /// <summary>What a new contact would be.</summary>
    public ContactState Given { get; }

    /// <param name="origin">That of the batch.</param>
    /// <returns>The row, or why it cannot be one.</returns>
    public static (BatchRow? Row, ProblemHttpResult? Problem) Read(
        int index,
        UpsertContactsRequest request,
        string defaultCountry,
        IReadOnlyDictionary<string, CustomField> customFields,
        Origin origin
    )
    {
        var errors = new FieldErrors();
        if (request.Contacts[index] is not { } input)
        {
            errors.Add($"contacts[{index}]", "A row is an object.");
            return (null, errors.ToProblem());
        }
        var fields = ContactFields.Read(input, defaultCountry, customFields, errors);
        if (errors.Any)
        {
            return (null, errors.ToProblem());
        }
        var evidence = request.ImportId is null && input.ImportRow is null ? null : new Evidence { ImportId = request.ImportId, ImportRow = input.ImportRow };
        var row = new BatchRow(index, fields, request, origin with { Evidence = evidence });
        return row.Given.Identities.Count == 0 ? (null, CardProblems.IdentityRequired()) : (row, null);
    }

    public bool MatchesBy(Identity identity) => _matchKinds?.Contains(identity.Kind) ?? true;

    /// <param name="identities">Those of the given ones that the contact may have.</param>
    public ContactState ApplyTo(ContactState present, IEnumerable<Identity> identities)
    {
        var after = _mode == BatchMode.Fill ? Fill(present) : _fields.ApplyTo(present) with { Identities = present.Identities };
        foreach (var kind in identities.GroupBy(identity => identity.Kind, identity => identity.Value))
        {
            var had = present.ValuesOf(kind.Key);
            after = after.WithIdentities(kind.Key, _mode == BatchMode.Fill ? had.Concat(kind) : kind.Concat(had));
        }
        return after.WithTags(TagsAfter(present));
    }

    private ContactState Fill(ContactState present) =>
        present with
        {
            Name = present.Name.Full is null ? Given.Name : present.Name,
            Company = present.Company ?? Given.Company,
            Notes = present.Notes ?? Given.Notes,
            Language = present.Language ?? Given.Language,
            TimeZone = present.TimeZone ?? Given.TimeZone,
            CustomFields = Given
                .CustomFields.Concat(present.CustomFields)
                .GroupBy(field => field.Key)
                .ToDictionary(field => field.Key, field => field.Last().Value),
        };

    /// <summary>A replacement leaves the opt-out where it is: a list from elsewhere knows nothing of the person's consent.</summary>
    private IEnumerable<TagName> TagsAfter(ContactState present) =>
        _fields.Tags.IsGiven && _tagsMode == TagsMode.Replace
            ? present.Tags.Where(tag => tag.Equals(TagName.OptOut)).Concat(Given.Tags)
            : present.Tags.Concat(Given.Tags);

    private static string KindOf(MatchBy by) =>
        by switch
        {
            MatchBy.Phone => IdentityKinds.Phone,
            MatchBy.Email => IdentityKinds.Email,
            MatchBy.ExternalId => IdentityKinds.External,
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, null),
        };
}
