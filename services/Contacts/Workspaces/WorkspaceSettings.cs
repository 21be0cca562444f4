using Contacts.Tags;
using Identifiers;
using ServiceDefaults.Postgres;

namespace Contacts.Workspaces;

/// <summary>This service's copy of what it needs to know of a workspace.</summary>
internal sealed record WorkspaceSettings(string DefaultCountry)
{
    /// <summary>Reads the settings; a workspace that is met before it was heard of begins with the defaults and the common tags.</summary>
    public static async Task<WorkspaceSettings> ReadAsync(UnitOfWork work, TimeProvider clock, CancellationToken cancellationToken)
    {
        var country = await work.FirstOrDefaultAsync<string>("SELECT default_country FROM workspaces", null, cancellationToken);
        if (country is not null)
        {
            return new(country);
        }
        if (work.IsReadOnly)
        {
            return new(PhoneNumber.DefaultCountry);
        }
        await EnsureAsync(work, clock, cancellationToken);
        return new(await work.SingleAsync<string>("SELECT default_country FROM workspaces", null, cancellationToken));
    }

    /// <returns>Whether the workspace was new.</returns>
    public static async Task<bool> EnsureAsync(UnitOfWork work, TimeProvider clock, CancellationToken cancellationToken)
    {
        var inserted = await work.ExecuteAsync(
            "INSERT INTO workspaces (workspace_id, default_country) VALUES (@WorkspaceId, @DefaultCountry) ON CONFLICT DO NOTHING",
            new { work.WorkspaceId, PhoneNumber.DefaultCountry },
            cancellationToken
        );
        if (inserted == 0)
        {
            return false;
        }
        await CommonTags.AddAsync(work, clock, cancellationToken);
        return true;
    }
}
