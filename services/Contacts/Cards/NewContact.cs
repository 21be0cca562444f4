using Contacts.Tags;
using Contacts.Workspaces;
using Messages.Contacts;
using Messaging.Sending;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>A contact that somebody makes by hand or by API.</summary>
internal sealed class NewContact(UnitOfWork work, Caller caller, Outbox outbox, TimeProvider clock)
{
    public async Task<Written> AddAsync(ContactInput input, CancellationToken cancellationToken)
    {
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var errors = new FieldErrors();
        var fields = ContactFields.Read(input, settings.DefaultCountry, errors);
        if (!errors.Any && fields is { Phone.Value: null, Email.Value: null })
        {
            errors.Add("phone", "phone: a contact needs a phone or an email.", "identity-required");
        }
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        if (fields.Tags.Value?.Contains(TagName.OptOut) == true)
        {
            return OptOut.Protected();
        }
        var identities = new[] { (Kind: IdentityKinds.Phone, Value: fields.Phone.Value!), (Kind: IdentityKinds.Email, Value: fields.Email.Value!) }
            .Where(identity => identity.Value is not null)
            .ToList();
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        if (await InsertAsync(id, fields, identities, cancellationToken) < identities.Count)
        {
            return await Identities.ExplainConflictAsync(work, identities, exceptOf: id, cancellationToken);
        }
        if (fields.Tags.Value is { Count: > 0 } tags && !await ContactTags.ReplaceAsync(work, id, tags, clock, cancellationToken))
        {
            return TagProblems.TooMany();
        }
        var card = (await Card.FindAsync(work, id, cancellationToken))!;
        outbox.Enqueue(work, caller.Actor, new ContactChanged(card.ToMessage(), Card.Fields));
        return card;
    }

    /// <returns>How many of the identities were free; the contact is there in any case, and is rolled back where one was not.</returns>
    private Task<int> InsertAsync(Guid id, ContactFields fields, List<(string Kind, string Value)> identities, CancellationToken cancellationToken)
    {
        var name = fields.Name.Value is { } full ? PersonName.FromFull(full) : PersonName.FromParts(fields.FirstName.Value, fields.LastName.Value);
        name = name with { First = fields.FirstName.Value ?? name.First, Last = fields.LastName.Value ?? name.Last };
        return work.SingleAsync<int>(
            $"""
            WITH made AS (
                INSERT INTO contacts (
                    workspace_id, id, version, name, first_name, last_name, company, notes, source, created_at, updated_at, name_key, last_name_key
                )
                VALUES (@WorkspaceId, @id, 1, @Full, @First, @Last, @company, @notes, @source, @now, @now, @nameKey, @lastNameKey)
            ),
            claimed AS ({Identities.Claim} RETURNING 1)
            SELECT count(*)::int FROM claimed
            """,
            new
            {
                work.WorkspaceId,
                id,
                name.Full,
                name.First,
                name.Last,
                company = fields.Company.Value,
                notes = fields.Notes.Value,
                source = caller.Actor.Kind.ToString().ToLowerInvariant(),
                now = clock.GetUtcNow(),
                nameKey = SearchKey.Of(name.Full),
                lastNameKey = SearchKey.Of(name.Last),
                kinds = identities.Select(identity => identity.Kind).ToArray(),
                values = identities.Select(identity => identity.Value).ToArray(),
                contactIds = identities.Select(_ => id).ToArray(),
            },
            cancellationToken
        );
    }
}
