using System.Collections.Concurrent;
using Npgsql;

namespace CommunicationsIngest.PhoneNumbers;

/// <summary>
/// Which workspace a number belongs to. Remembers for half a minute what it found, because every webhook asks; whoever uses a remembered answer checks it in his own
/// transaction (the number must be among the workspace's) and comes back with <see cref="Forget"/> when it no longer holds.
/// </summary>
internal sealed class NumberDirectory(NpgsqlDataSource dataSource, TimeProvider clock)
{
    private const int Capacity = 100_000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);

    public async ValueTask<Guid?> FindWorkspaceAsync(string number, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(number, out var entry) && entry.GoodUntil > clock.GetUtcNow())
        {
            return entry.WorkspaceId;
        }
        await using var command = dataSource.CreateCommand("SELECT workspace_of_number($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = number });
        if (await command.ExecuteScalarAsync(cancellationToken) is not Guid workspaceId)
        {
            return null;
        }
        if (_known.Count >= Capacity)
        {
            _known.Clear();
        }
        _known[number] = new(workspaceId, clock.GetUtcNow() + Lifetime);
        return workspaceId;
    }

    public void Forget(string number) => _known.TryRemove(number, out _);

    private readonly record struct Entry(Guid WorkspaceId, DateTimeOffset GoodUntil);
}
