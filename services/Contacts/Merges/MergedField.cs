using System.Text.Json;

namespace Contacts.Merges;

/// <summary>Whose value a merged contact has.</summary>
public enum MergeChoice
{
    Survivor,
    Absorbed,

    /// <summary>Both one after the other: for notes, and for what a contact has several of.</summary>
    Both,
}

/// <summary>Why a field of a merged contact has the value it has.</summary>
public enum MergeReason
{
    /// <summary>Both have the same.</summary>
    Equal,

    /// <summary>The other one has none.</summary>
    OnlyOne,

    /// <summary>The caller chose it.</summary>
    Chosen,

    /// <summary>Somebody entered it; the other value was captured from what was said.</summary>
    EnteredOverCaptured,

    /// <summary>Nothing speaks for the absorbed contact's value, so the survivor keeps its own.</summary>
    SurvivorFirst,

    /// <summary>Notes of both, the survivor's first.</summary>
    Joined,

    /// <summary>All that either has.</summary>
    United,
}

/// <summary>One field of two contacts and of the one that they become.</summary>
/// <param name="Field">
/// <c>name</c>, <c>company</c>, <c>notes</c>, <c>language</c>, <c>time_zone</c>, <c>avatar</c>, <c>custom.</c> and a key; <c>phone</c> and <c>email</c>: the primary one;
/// <c>phones</c>, <c>emails</c>, <c>external_ids</c>, <c>chat_visitors</c> and <c>tags</c>: lists.
/// </param>
/// <param name="Survivor">The survivor's value; null where it has none.</param>
/// <param name="Absorbed">The absorbed contact's value; null where it has none.</param>
/// <param name="Result">What the merged contact has.</param>
/// <param name="Wins">Whose value that is.</param>
/// <param name="Why">Why that one.</param>
public sealed record MergedField(string Field, JsonElement? Survivor, JsonElement? Absorbed, JsonElement? Result, MergeChoice Wins, MergeReason Why);
