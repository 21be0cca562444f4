using System.Text.Json.Serialization;
using Identifiers;
using Messages;

namespace Contacts.Cards;

/// <summary>Where a change of a contact comes from: who or what made it, by which act, and what shows it.</summary>
/// <param name="Actor">Its kind is the source that provenance gives.</param>
/// <param name="Kind">The act, as history names it: one of <see cref="ChangeKinds"/>.</param>
/// <param name="SaidAt">When what is written was said, where that is not now.</param>
internal sealed record Origin(Actor Actor, string Kind = ChangeKinds.Updated, Evidence? Evidence = null, DateTimeOffset? SaidAt = null)
{
    /// <summary>One of many steps of one act, which the audit log gets as a whole from the one who acts.</summary>
    public bool IsPartOfBatch { get; init; }

    public string Source => Actor.Kind.ToString().ToLowerInvariant();
}

/// <summary>The acts that history tells apart.</summary>
internal static class ChangeKinds
{
    public const string Updated = "updated";
    public const string Captured = "captured";
    public const string SuggestionAccepted = "suggestion_accepted";
    public const string Reverted = "reverted";
    public const string Merged = "merged";
    public const string MergeUndone = "merge_undone";
    public const string IdentityMoved = "identity_moved";
    public const string ConsentChanged = "consent_changed";
    public const string TagRenamed = "tag_renamed";
    public const string TagDeleted = "tag_deleted";
    public const string TagMerged = "tag_merged";
    public const string ChoicesChanged = "choices_changed";
    public const string CustomFieldDeleted = "custom_field_deleted";
}

/// <summary>What shows that a value is right: the words of a person, the row of a file. Members that do not apply are absent.</summary>
public sealed record Evidence
{
    internal const int MaxQuote = 500;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ConversationId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? MessageId { get; init; }

    /// <summary>The words a value was taken from, at most 500 characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Quote
    {
        get;
        init => field = Storable(value);
    }

    /// <summary>0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Confidence { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImportId { get; init; }

    /// <summary>Counts a file's rows from 1, the header aside.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ImportRow { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? SuggestionId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? MergeId { get; init; }

    /// <summary>The version whose change was taken back.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RevertedVersion { get; init; }

    /// <summary>A quote is the words of a stranger: what cannot be stored of them is no evidence.</summary>
    private static string? Storable(string? quote) =>
        string.IsNullOrWhiteSpace(quote) || quote.Contains('\0', StringComparison.Ordinal) || !Utf16.IsWellFormed(quote) ? null
        : quote.Length <= MaxQuote ? quote
        : quote[..(char.IsHighSurrogate(quote[MaxQuote - 1]) ? MaxQuote - 1 : MaxQuote)];
}
