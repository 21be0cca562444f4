using System.Globalization;
using Contacts.Audit;
using Contacts.Cards;
using Contacts.CustomFields;
using Contacts.Tags;
using Contacts.Workspaces;
using Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Contacts.Batches;

/// <summary>
/// Writes many contacts, a transaction for each group of rows. What is wrong with a row is found before anything is written; where another request gets in the way between
/// the look and the write, the group is tried again, and then row by row, so that only rows in conflict pay.
/// </summary>
internal sealed class ContactBatch(Database database, Caller caller, ContactWriter writer, AuditLog audit, TimeProvider clock)
{
    private const int RowsPerGroup = 500;
    private const int Tries = 3;

    public async Task<IReadOnlyList<RowResult>> WriteAsync(UpsertContactsRequest request, Actor actor, CancellationToken cancellationToken)
    {
        var (country, customFields) = await ReadSettingsAsync(request, cancellationToken);
        var results = new RowResult[request.Contacts.Count];
        var rows = new List<BatchRow>(results.Length);
        for (var index = 0; index < results.Length; index++)
        {
            var (row, problem) = BatchRow.Read(index, request, country, customFields, new(actor) { IsPartOfBatch = true });
            if (row is null)
            {
                results[index] = RowResult.Failed(index, problem!);
                continue;
            }
            rows.Add(row);
        }
        foreach (var group in rows.Chunk(RowsPerGroup))
        {
            foreach (var result in await WriteAsync(group, cancellationToken))
            {
                results[result.Index] = result;
            }
        }
        return results;
    }

    private async Task<(string DefaultCountry, IReadOnlyDictionary<string, CustomField> CustomFields)> ReadSettingsAsync(
        UpsertContactsRequest request,
        CancellationToken cancellationToken
    )
    {
        await using var work = database.Begin(caller.WorkspaceId);
        var settings = await WorkspaceSettings.ReadAsync(work, clock, cancellationToken);
        var customFields = await FieldValues.FieldsOfAsync(work, request.Contacts.OfType<ContactRow>(), cancellationToken);
        await work.CommitAsync(cancellationToken);
        return (settings.DefaultCountry, customFields);
    }

    private async Task<IReadOnlyList<RowResult>> WriteAsync(BatchRow[] rows, CancellationToken cancellationToken)
    {
        ProblemHttpResult? problem = null;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            (var results, problem) = await TryAsync(rows, cancellationToken);
            if (results is not null)
            {
                return results;
            }
        }
        if (rows.Length == 1)
        {
            return [RowResult.Failed(rows[0].Index, problem!)];
        }
        var single = new List<RowResult>(rows.Length);
        foreach (var row in rows)
        {
            single.AddRange(await WriteAsync([row], cancellationToken));
        }
        return single;
    }

    /// <returns>What became of the rows, committed; or why nothing of the group could be written.</returns>
    private async Task<(IReadOnlyList<RowResult>? Results, ProblemHttpResult? Problem)> TryAsync(BatchRow[] rows, CancellationToken cancellationToken)
    {
        await using var work = database.Begin(caller.WorkspaceId);
        try
        {
            var drafts = new BatchDrafts(
                await Card.LockAllAsync(work, await FindOwnersAsync(work, rows, cancellationToken), cancellationToken),
                clock.GetUtcNow()
            );
            var applied = rows.Select(row => (row.Index, Outcome: drafts.Apply(row))).ToList();
            var written = await WriteAsync(work, drafts, cancellationToken);
            if (written.Problem is not null)
            {
                return (null, written.Problem);
            }
            await work.CommitAsync(cancellationToken);
            return (
                [
                    .. applied.Select(row =>
                        row.Outcome.Draft is { } draft
                            ? new RowResult
                            {
                                Index = row.Index,
                                Status = row.Outcome.Status,
                                ContactId = draft.Id,
                                Version = written.Versions.GetValueOrDefault(draft.Id, draft.Before?.Version ?? 1),
                            }
                            : RowResult.Failed(row.Index, row.Outcome.Problem!)
                    ),
                ],
                null
            );
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            return (null, CardProblems.Refused([new(default, "", "", null)]));
        }
    }

    private static async Task<Guid[]> FindOwnersAsync(UnitOfWork work, BatchRow[] rows, CancellationToken cancellationToken)
    {
        var identities = rows.SelectMany(row => row.Given.Identities).Select(identity => (identity.Kind, identity.Value)).Distinct().ToList();
        var owners = await work.QueryAsync<Guid>(
            "SELECT DISTINCT i.contact_id FROM unnest(@kinds, @values) AS wanted (kind, value) JOIN contact_identities i USING (kind, value)",
            new { kinds = identities.Select(identity => identity.Kind).ToArray(), values = identities.Select(identity => identity.Value).ToArray() },
            cancellationToken
        );
        return [.. owners];
    }

    private async Task<(IReadOnlyDictionary<Guid, long> Versions, ProblemHttpResult? Problem)> WriteAsync(
        UnitOfWork work,
        BatchDrafts drafts,
        CancellationToken cancellationToken
    )
    {
        NewCard[] created = [.. drafts.New.Select(draft => new NewCard(draft.Id, draft.State, draft.Origin!))];
        CardChange[] changed = [.. drafts.Changed.Select(draft => new CardChange(draft.Before!, draft.State, draft.Origin!))];
        var versions = new Dictionary<Guid, long>();
        if (created.Length > 0)
        {
            var written = await writer.CreateAsync(work, created, cancellationToken);
            if (written.Refused.Count > 0)
            {
                return (versions, CardProblems.Refused(written.Refused));
            }
        }
        if (changed.Length > 0)
        {
            var written = await writer.UpdateAsync(work, changed, cancellationToken);
            if (written.Refused.Count > 0)
            {
                return (versions, CardProblems.Refused(written.Refused));
            }
            versions = written.Cards.ToDictionary(card => card.Id, card => card.Version);
        }
        if (created.Length + changed.Length == 0)
        {
            return (versions, null);
        }
        TagName[] tags =
        [
            .. created.SelectMany(contact => contact.State.Tags),
            .. changed.SelectMany(change => change.After.Tags.Except(change.Before.State.Tags)),
        ];
        if (await ContactTags.IsFullAsync(work, tags, cancellationToken))
        {
            return (versions, TagProblems.TooMany());
        }
        Audit(work, created.Length, changed.Length, (created.FirstOrDefault()?.Origin ?? changed[0].Origin));
        return (versions, null);
    }

    /// <summary>A batch is one act. Each contact's own history has the rest.</summary>
    private void Audit(UnitOfWork work, int created, int updated, Origin origin)
    {
        var details = new Dictionary<string, string>
        {
            ["created"] = created.ToString(CultureInfo.InvariantCulture),
            ["updated"] = updated.ToString(CultureInfo.InvariantCulture),
        };
        if (origin.Evidence?.ImportId is { } importId)
        {
            details["import_id"] = importId;
        }
        audit.Add(work, origin.Actor, "contacts.upserted", "contact", null, details);
    }
}
