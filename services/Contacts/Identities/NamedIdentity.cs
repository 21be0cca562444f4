using Contacts.Cards;
using Contacts.Workspaces;
using Identifiers;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Identities;

/// <summary>The identity that a path names, and its contact's card under lock; or why there is none, or it may not be changed.</summary>
internal readonly record struct NamedIdentity(Card? Card, Identity? Identity, ProblemHttpResult? Problem)
{
    public static async Task<NamedIdentity> LockAsync(
        UnitOfWork work,
        Guid contactId,
        string kind,
        string value,
        HttpRequest request,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var found = await Card.LockAsync(work, contactId, cancellationToken);
        if (found.Card is not { } card)
        {
            return new(null, null, found.Problem);
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        if (Find(card, kind, value, settings.DefaultCountry) is not { } identity)
        {
            return new(null, null, ServiceDefaults.Problems.Problem.NotFound("identity"));
        }
        return VersionTag.Matches(request, card.Version) ? new(card, identity, null) : new(null, null, ServiceDefaults.Problems.Problem.PreconditionFailed());
    }

    /// <summary>As it is stored, or as the caller is used to writing it.</summary>
    private static Identity? Find(Card card, string kind, string value, string defaultCountry)
    {
        var normal = kind switch
        {
            IdentityKinds.Phone when PhoneNumber.TryParse(value, defaultCountry, out var phone) => phone.E164,
            IdentityKinds.Email when EmailAddress.TryParse(value, out var email) => email.Value,
            _ => value,
        };
        return card
            .State.Identities.Where(identity => identity.Kind == kind && (identity.Value == value || identity.Value == normal))
            .Cast<Identity?>()
            .FirstOrDefault();
    }
}
