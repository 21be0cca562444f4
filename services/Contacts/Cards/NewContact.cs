using Contacts.CustomFields;
using Contacts.Tags;
using Contacts.Workspaces;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Cards;

/// <summary>A contact that somebody makes by hand or by API.</summary>
internal sealed class NewContact(UnitOfWork work, Caller caller, ContactWriter writer, TimeProvider clock)
{
    public async Task<CardResult> AddAsync(ContactInput input, CancellationToken cancellationToken)
    {
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var errors = new FieldErrors();
        var customFields = await FieldValues.FieldsOfAsync(work, [input], cancellationToken);
        var state = ContactFields.Read(input, settings.DefaultCountry, customFields, errors).ApplyTo(ContactState.Empty);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        if (state.Identities.Count == 0)
        {
            return CardProblems.IdentityRequired();
        }
        if (state.Tags.Contains(TagName.OptOut))
        {
            return OptOut.Protected();
        }
        var written = await writer.CreateAsync(work, [new(Guid.CreateVersion7(clock.GetUtcNow()), state, new(caller.Actor))], cancellationToken);
        if (written.Refused.Count > 0)
        {
            return CardProblems.Refused(written.Refused);
        }
        return await ContactTags.IsFullAsync(work, state.Tags, cancellationToken) ? TagProblems.TooMany() : written.Cards[0];
    }
}
