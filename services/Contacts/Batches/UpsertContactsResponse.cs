using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Batches;

/// <summary>What became of a batch.</summary>
/// <param name="Created">How many contacts were made.</param>
/// <param name="Updated">How many rows changed a contact.</param>
/// <param name="Unchanged">How many rows said nothing new.</param>
/// <param name="Failed">How many rows were refused.</param>
/// <param name="Results">One for each row, in their order.</param>
public sealed record UpsertContactsResponse(int Created, int Updated, int Unchanged, int Failed, IReadOnlyList<RowResult> Results)
{
    internal static UpsertContactsResponse Of(IReadOnlyList<RowResult> results)
    {
        return new(Count(RowStatus.Created), Count(RowStatus.Updated), Count(RowStatus.Unchanged), Count(RowStatus.Failed), results);

        int Count(RowStatus status) => results.Count(result => result.Status == status);
    }
}

/// <summary>What became of a row.</summary>
public sealed record RowResult
{
    /// <summary>The row's place in the request, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>What was done.</summary>
    public required RowStatus Status { get; init; }

    /// <summary>The row's contact; null where it failed.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>The contact's version after the batch; null where the row failed.</summary>
    public long? Version { get; init; }

    /// <summary>Why it failed; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RowProblem? Problem { get; init; }

    internal static RowResult Failed(int index, ProblemHttpResult problem) =>
        new()
        {
            Index = index,
            Status = RowStatus.Failed,
            Problem = RowProblem.Of(problem),
        };
}

/// <summary>What was done with a row.</summary>
public enum RowStatus
{
    Created,
    Updated,
    Unchanged,
    Failed,
}

/// <summary>Why a row was refused: what the problem document of the same request by itself would say.</summary>
public sealed record RowProblem
{
    internal const string ContactIdsMember = "contact_ids";

    /// <summary>Stable (<c>urn:contacts:problem:invalid-phone</c>).</summary>
    public required string Type { get; init; }

    /// <summary>In words.</summary>
    public required string? Detail { get; init; }

    /// <summary>By field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The contact that has the identity (<c>contact-exists</c>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? ContactId { get; init; }

    /// <summary>The contacts to which the row's identities belong (<c>ambiguous-identity</c>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? ContactIds { get; init; }

    internal static RowProblem Of(ProblemHttpResult problem)
    {
        var (details, extensions) = (problem.ProblemDetails, problem.ProblemDetails.Extensions);
        return new()
        {
            Type = details.Type!,
            Detail = details.Detail,
            Errors = extensions.TryGetValue("errors", out var errors) ? (IDictionary<string, string[]>?)errors : null,
            ContactId = extensions.TryGetValue("contact_id", out var id) ? (Guid?)id : null,
            ContactIds = extensions.TryGetValue(ContactIdsMember, out var ids) ? (IReadOnlyList<Guid>?)ids : null,
        };
    }
}
