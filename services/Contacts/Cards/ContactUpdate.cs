using Contacts.Tags;
using Contacts.Workspaces;
using Messages.Contacts;
using Messaging.Sending;
using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>A partial change of one contact. Counts as a version, and is told to others, only where it changes something.</summary>
internal sealed class ContactUpdate(UnitOfWork work, Caller caller, Outbox outbox, TimeProvider clock)
{
    public async Task<Written> ApplyAsync(Guid id, ContactInput input, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await LockAsync(work, id, cancellationToken) is not { } before)
        {
            return Problem.NotFound("contact");
        }
        if (!VersionTag.Matches(request, before.Version))
        {
            return Problem.PreconditionFailed();
        }
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var errors = new FieldErrors();
        var fields = ContactFields.Read(input, settings.DefaultCountry, errors);
        if (errors.Any)
        {
            return errors.ToProblem();
        }
        var changed = new List<string>();
        if (await ChangeTagsAsync(before, fields, changed, cancellationToken) is { } refusedTags)
        {
            return refusedTags;
        }
        if (await ChangeIdentitiesAsync(before, fields, changed, cancellationToken) is { } refusedIdentity)
        {
            return refusedIdentity;
        }
        var name = NameAfter(before, fields);
        var company = fields.Company.Or(before.Company);
        var notes = fields.Notes.Or(before.Notes);
        Note(changed, "name", before.Name, name.Full);
        Note(changed, "first_name", before.FirstName, name.First);
        Note(changed, "last_name", before.LastName, name.Last);
        Note(changed, "company", before.Company, company);
        Note(changed, "notes", before.Notes, notes);
        if (changed.Count == 0)
        {
            return before;
        }
        await work.ExecuteAsync(
            """
            UPDATE contacts
            SET version = version + 1, name = @Full, first_name = @First, last_name = @Last, company = @company, notes = @notes, updated_at = @now,
                name_key = @nameKey, last_name_key = @lastNameKey
            WHERE id = @id
            """,
            new
            {
                id,
                name.Full,
                name.First,
                name.Last,
                company,
                notes,
                now = clock.GetUtcNow(),
                nameKey = SearchKey.Of(name.Full),
                lastNameKey = SearchKey.Of(name.Last),
            },
            cancellationToken
        );
        var after = (await Card.FindAsync(work, id, cancellationToken))!;
        outbox.Enqueue(work, caller.Actor, new ContactChanged(after.ToMessage(), [.. Card.Fields.Where(changed.Contains)]));
        return after;
    }

    /// <summary>The lock comes first and the card is read after it: one statement would show the tags and identities of before the wait.</summary>
    private static async Task<Card?> LockAsync(UnitOfWork work, Guid id, CancellationToken cancellationToken)
    {
        await work.ExecuteAsync("SELECT 1 FROM contacts WHERE id = @id FOR NO KEY UPDATE", new { id }, cancellationToken);
        return await Card.FindAsync(work, id, cancellationToken);
    }

    private async Task<ProblemHttpResult?> ChangeTagsAsync(Card before, ContactFields fields, List<string> changed, CancellationToken cancellationToken)
    {
        if (!fields.Tags.IsGiven)
        {
            return null;
        }
        var present = before.Tags.Select(tag => tag.ToLowerInvariant()).ToHashSet();
        var wanted = fields.Tags.Value!.Select(tag => tag.Key).ToHashSet();
        if (present.Contains(TagName.OptOut.Key) != wanted.Contains(TagName.OptOut.Key))
        {
            return OptOut.Protected();
        }
        if (present.SetEquals(wanted))
        {
            return null;
        }
        changed.Add("tags");
        return await ContactTags.ReplaceAsync(work, before.Id, fields.Tags.Value!, clock, cancellationToken) ? null : TagProblems.TooMany();
    }

    private async Task<ProblemHttpResult?> ChangeIdentitiesAsync(Card before, ContactFields fields, List<string> changed, CancellationToken cancellationToken)
    {
        var phone = fields.Phone.Or(before.Phones.FirstOrDefault());
        var email = fields.Email.Or(before.Emails.FirstOrDefault());
        var given = new List<(IdentityKind Kind, string? Value, string? Present)>
        {
            (IdentityKind.Phone, phone, before.Phones.FirstOrDefault()),
            (IdentityKind.Email, email, before.Emails.FirstOrDefault()),
        };
        given.RemoveAll(identity => identity.Value == identity.Present);
        if (given.Count == 0)
        {
            return null;
        }
        var left = before.Values.Length + given.Sum(identity => (identity.Value is null ? 0 : 1) - (identity.Present is null ? 0 : 1));
        if (left == 0)
        {
            return Problem.Invalid("phone", "phone: a contact needs a phone or an email.", "identity-required");
        }
        changed.Add("identities");
        foreach (var (kind, value, _) in given)
        {
            if (!await Identities.ReplacePrimaryAsync(work, before.Id, kind, value, clock.GetUtcNow(), cancellationToken))
            {
                return await Identities.ExplainConflictAsync(work, [(IdentityKinds.NameOf(kind), value!)], exceptOf: before.Id, cancellationToken);
            }
        }
        return null;
    }

    private static PersonName NameAfter(Card before, ContactFields fields)
    {
        var name = new PersonName(before.Name, before.FirstName, before.LastName);
        if (fields.Name.IsGiven)
        {
            name = PersonName.FromFull(fields.Name.Value);
            return name with { First = fields.FirstName.Or(name.First), Last = fields.LastName.Or(name.Last) };
        }
        return fields.FirstName.IsGiven || fields.LastName.IsGiven
            ? PersonName.FromParts(fields.FirstName.Or(name.First), fields.LastName.Or(name.Last))
            : name;
    }

    private static void Note(List<string> changed, string field, string? before, string? after)
    {
        if (before != after)
        {
            changed.Add(field);
        }
    }
}
