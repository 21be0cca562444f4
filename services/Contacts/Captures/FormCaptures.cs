using Contacts.Activity;
using Contacts.Cards;

namespace Contacts.Captures;

/// <summary>What a person typed into a form of the channel (name, email, phone), as captures.</summary>
internal static class FormCaptures
{
    public static IEnumerable<Capture> Of(Guid contactId, Visit visit, string defaultCountry) =>
        visit.Forms.SelectMany(form =>
            new (string Field, string? Given)[]
            {
                (CapturedFields.Name, form.Participant.Name),
                (IdentityKinds.Email, form.Participant.Email),
                (IdentityKinds.Phone, form.Participant.Phone),
            }
                .Select(entry => (entry.Field, Value: CapturedFields.Read(entry.Field, entry.Given, defaultCountry)))
                .Where(entry => entry.Value is not null)
                .Select(entry => new Capture(
                    contactId,
                    entry.Field,
                    entry.Value!,
                    form.At,
                    Capture.Form,
                    IsForm: true,
                    new() { ConversationId = form.ConversationId },
                    (visit.Kind, visit.Value),
                    visit.TraceParent
                ))
        );
}
