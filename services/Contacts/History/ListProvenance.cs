using System.Text.Json;
using Contacts.Cards;
using Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Json;
using ServiceDefaults.Postgres;

namespace Contacts.History;

/// <summary>Where a value of a contact comes from.</summary>
public sealed record ProvenanceResponse
{
    /// <summary>A field of the contact, <c>custom.</c> and a custom field's key, <c>tags</c>, or the kind of an identity (phone, email, external, chat_visitor).</summary>
    /// <example>company</example>
    public required string Field { get; init; }

    /// <summary>What the contact has there.</summary>
    public required JsonElement Value { get; init; }
    public required ActorKind Source { get; init; }

    /// <summary>The id of the actor who or which set it.</summary>
    public required string Actor { get; init; }

    /// <summary>When it was set; what was captured, when it was said.</summary>
    public required DateTimeOffset At { get; init; }
    public Evidence? Evidence { get; init; }
}

internal static class ListProvenance
{
    /// <summary>List where a contact's values come from</summary>
    /// <remarks>For every field that is filled: who or what set it, when, and what shows it. Identities one by one, tags as one.</remarks>
    public static async Task<Results<Ok<Page<ProvenanceResponse>>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        CancellationToken cancellationToken
    )
    {
        var found = await Card.FindAsync(work, id, cancellationToken);
        if (found.Card is not { State: var state })
        {
            return found.Problem!;
        }
        var provenance = (await CardProvenance.ReadAsync(work, [id], cancellationToken))[id];
        var filled = FieldChange
            .Between(ContactState.Empty, state)
            .Where(field => field.Field != "identities")
            .Select(field => ToResponse(field.Field, field.After!.Value, provenance.Of(field.Field)));
        var identities = state.Identities.Select(identity =>
            ToResponse(identity.Kind, JsonSerializer.SerializeToElement(identity.Value, ApiJson.Options), provenance.Of(identity))
        );
        return TypedResults.Ok(new Page<ProvenanceResponse>([.. filled, .. identities], null));
    }

    private static ProvenanceResponse ToResponse(string field, JsonElement value, FieldProvenance provenance) =>
        new()
        {
            Field = field,
            Value = value,
            Source = Enum.Parse<ActorKind>(provenance.Source, ignoreCase: true),
            Actor = provenance.Actor,
            At = provenance.At,
            Evidence = provenance.Evidence,
        };
}
