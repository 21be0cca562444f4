using CommunicationsIngest.Conversations;
using Messages.Contacts;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Consent;

/// <summary>Whether a contact may be contacted now.</summary>
/// <param name="Allowed">No reason forbids it.</param>
/// <param name="Reasons">Every reason that forbids it, not the first alone.</param>
/// <param name="Warnings">What does not forbid it to a member of the staff, who should know it.</param>
/// <param name="Identity">The phone or chat visitor that would be contacted; null where there is none.</param>
/// <param name="CheckedAt">The answer may be another a moment later; sending asks again.</param>
public sealed record CanContactResponse(
    bool Allowed,
    IReadOnlyList<PermissionReason> Reasons,
    IReadOnlyList<PermissionReason> Warnings,
    ContactedIdentity? Identity,
    DateTimeOffset CheckedAt
);

/// <param name="Value">E.164; a chat visitor's id.</param>
public sealed record ContactedIdentity(IdentityKind Kind, string Value);

internal static class CanContact
{
    /// <summary>Whether a contact may be contacted now on a channel: opt-out, Do Not Call, quiet hours at the person's place, no number, deleted.</summary>
    /// <remarks>
    /// Automated is whatever no member of the staff asked for just now, each message of a campaign included. Opt-out and quiet hours forbid what is automated and are warnings to
    /// the staff; Do Not Call forbids any call. Asked again when something is sent.
    /// </remarks>
    /// <param name="channel">call, text or chat.</param>
    /// <param name="kind">automated, which is assumed, or manual.</param>
    public static async Task<Results<Ok<CanContactResponse>, ProblemHttpResult>> HandleAsync(
        Guid id,
        UnitOfWork work,
        TimeProvider clock,
        CancellationToken cancellationToken,
        string channel = "text",
        string kind = "automated"
    )
    {
        if (!ChannelFilter.TryParse(channel, out var wanted) || wanted is not { } on)
        {
            return ChannelFilter.Problem();
        }
        if (kind is not ("automated" or "manual"))
        {
            return Problem.Invalid("kind", "The kind is automated or manual.");
        }
        var by = kind == "manual" ? ContactKind.Manual : ContactKind.Automated;
        var now = clock.GetUtcNow();
        return await Permission.AskAsync(work, new(on, by, id, null, null), now, cancellationToken) is { } permission
            ? TypedResults.Ok(
                new CanContactResponse(
                    permission.IsAllowed,
                    permission.Reasons,
                    permission.Warnings,
                    permission.Identity is { } identity ? new(identity.Kind, identity.Value) : null,
                    now
                )
            )
            : Problem.NotFound("contact");
    }
}
