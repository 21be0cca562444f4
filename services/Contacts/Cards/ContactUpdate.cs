using Contacts.CustomFields;
using Contacts.Notes;
using Contacts.Tags;
using Contacts.Workspaces;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>A partial change of one contact, as somebody asks for it.</summary>
internal sealed class ContactUpdate(UnitOfWork work, Caller caller, ContactWriter writer, TimeProvider clock)
{
    public async Task<CardResult> ApplyAsync(Guid id, ContactInput input, HttpRequest request, CancellationToken cancellationToken)
    {
        var found = await Card.LockAsync(work, id, cancellationToken);
        if (found.Card is not { } before)
        {
            return found;
        }
        if (!VersionTag.Matches(request, before.Version))
        {
            return input.Notes.IsGiven
                ? await NotesConflict.DescribeAsync(work, request, before, input.Notes.Value, cancellationToken)
                : Problem.PreconditionFailed();
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var errors = new FieldErrors();
        var customFields = await FieldValues.FieldsOfAsync(work, [input], cancellationToken);
        var after = ContactFields.Read(input, settings.DefaultCountry, customFields, errors).ApplyTo(before.State);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        return await WriteAsync(before, after, new(caller.Actor), cancellationToken);
    }

    /// <summary>Writes a step that a caller asked for, under the rules that hold for all of them: somebody stays recognisable, and consent is nobody's but the person's.</summary>
    public async Task<CardResult> WriteAsync(Card before, ContactState after, Origin origin, CancellationToken cancellationToken)
    {
        if (before.State.Tags.Contains(TagName.OptOut) != after.Tags.Contains(TagName.OptOut))
        {
            return OptOut.Protected();
        }
        if (before.State.Identities.Count > 0 && after.Identities.Count == 0)
        {
            return CardProblems.IdentityRequired();
        }
        var written = await writer.UpdateAsync(work, [new(before, after, origin)], cancellationToken);
        if (written.Refused.Count > 0)
        {
            return CardProblems.Refused(written.Refused);
        }
        return await ContactTags.IsFullAsync(work, [.. after.Tags.Except(before.State.Tags)], cancellationToken) ? TagProblems.TooMany() : written.Cards[0];
    }
}
