using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Contacts.Cards;
using Contacts.Workspaces;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;

namespace Contacts.Batches;

/// <summary>Identities whose contacts are asked for.</summary>
public sealed record LookupContactsRequest
{
    /// <summary>At most 1,000, E.164 or as they are dialled in the workspace's country.</summary>
    [MaxLength(UpsertContacts.MaxRows)]
    public IReadOnlyList<string>? Phones { get; init; }

    /// <summary>At most 1,000.</summary>
    [MaxLength(UpsertContacts.MaxRows)]
    public IReadOnlyList<string>? Emails { get; init; }

    /// <summary>At most 1,000, <c>system:id</c>.</summary>
    [MaxLength(UpsertContacts.MaxRows)]
    public IReadOnlyList<string>? ExternalIds { get; init; }
}

/// <summary>The contacts that were asked for, in the order of the question.</summary>
public sealed record LookupContactsResponse(IReadOnlyList<LookupResult> Phones, IReadOnlyList<LookupResult> Emails, IReadOnlyList<LookupResult> ExternalIds);

/// <summary>Whose an identity is.</summary>
public sealed record LookupResult
{
    /// <summary>As it was given.</summary>
    public required string? Input { get; init; }

    /// <summary>Null where nobody has it.</summary>
    public required ContactResponse? Contact { get; init; }

    /// <summary>Why it can be nobody's; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RowProblem? Problem { get; init; }
}

internal static class LookupContacts
{
    /// <summary>Find contacts by many phones, emails and ids in other systems</summary>
    public static async Task<Results<Ok<LookupContactsResponse>, ProblemHttpResult>> HandleAsync(
        LookupContactsRequest request,
        UnitOfWork work,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var phones = (request.Phones ?? []).Select(text =>
            Read(IdentityKinds.Phone, text, errors => FieldReading.ReadPhone(text, "phone", settings.DefaultCountry, errors))
        );
        var emails = (request.Emails ?? []).Select(text => Read(IdentityKinds.Email, text, errors => FieldReading.ReadEmail(text, "email", errors)));
        var externalIds = (request.ExternalIds ?? []).Select(text =>
            Read(IdentityKinds.External, text, errors => FieldReading.ReadExternalId(text, "external_id", errors))
        );
        List<Wanted> wanted = [.. phones, .. emails, .. externalIds];
        var found = await FindAsync(work, wanted, cancellationToken);
        var results = wanted.ToLookup(
            one => one.Kind,
            one => new LookupResult
            {
                Input = one.Input,
                Contact = one.Value is null ? null : found.GetValueOrDefault((one.Kind, one.Value)),
                Problem = one.Problem,
            }
        );
        return TypedResults.Ok(
            new LookupContactsResponse([.. results[IdentityKinds.Phone]], [.. results[IdentityKinds.Email]], [.. results[IdentityKinds.External]])
        );
    }

    private static Wanted Read(string kind, string? input, Func<FieldErrors, string?> read)
    {
        var errors = new FieldErrors();
        var value = read(errors);
        if (value is null && !errors.Any)
        {
            var field = kind == IdentityKinds.External ? "external_id" : kind;
            errors.Add(field, $"{field}: is empty.", "invalid-" + field.Replace('_', '-'));
        }
        return new(kind, input, value, errors.Any ? RowProblem.Of(errors.ToProblem()) : null);
    }

    private static async Task<Dictionary<(string, string), ContactResponse>> FindAsync(
        UnitOfWork work,
        List<Wanted> wanted,
        CancellationToken cancellationToken
    )
    {
        var readable = wanted.Where(one => one.Value is not null).ToList();
        if (readable.Count == 0)
        {
            return [];
        }
        var cards = await Card.QueryAsync(
            work,
            """
            WHERE c.id = ANY (ARRAY(
                SELECT i.contact_id FROM unnest(@kinds, @values) AS wanted (kind, value) JOIN contact_identities i USING (kind, value)
            ))
            """,
            new { kinds = readable.Select(one => one.Kind).ToArray(), values = readable.Select(one => one.Value!).ToArray() },
            cancellationToken
        );
        return cards
            .SelectMany(card => card.State.Identities.Select(identity => (Identity: (identity.Kind, identity.Value), Card: card)))
            .ToDictionary(one => one.Identity, one => one.Card.ToResponse());
    }

    private sealed record Wanted(string Kind, string? Input, string? Value, RowProblem? Problem);
}
