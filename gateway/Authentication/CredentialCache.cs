using System.Collections.Concurrent;
using Messages;
using Messages.Identity;
using Messaging.Listening;
using Microsoft.Extensions.Caching.Memory;

namespace Gateway.Authentication;

/// <summary>
/// Remembers who a credential is for ten seconds, and that it is nobody's for two; forgets it at once when it is revoked. Many requests with one credential make one
/// look-up. While Identity is away, known credentials go on until their internal token is about to end.
/// </summary>
internal sealed class CredentialCache(IServiceScopeFactory scopes, TimeProvider clock) : IHearEvents<CredentialRevoked>, IDisposable
{
    private const int MaxEntries = 20_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TokenReserve = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = MaxEntries });
    private readonly ConcurrentDictionary<string, Lazy<Task<ResolvedCredential?>>> _lookUps = [];
    private int _revocations;

    /// <returns>null where there is no such valid credential.</returns>
    /// <exception cref="IdentityAwayException">It is not known and Identity could not be asked.</exception>
    public async Task<ResolvedCredential?> ResolveAsync(string credential, CancellationToken cancellationToken)
    {
        var remembered = _entries.Get<Entry>(credential);
        if (remembered is not null && clock.GetUtcNow() < remembered.FreshUntil)
        {
            return remembered.Credential;
        }
        try
        {
            var lookUp = _lookUps.GetOrAdd(credential, key => new(() => LookUpAsync(key)));
            return await lookUp.Value.WaitAsync(cancellationToken);
        }
        catch (IdentityAwayException) when (remembered?.Credential is { } known && known.ExpiresAt - TokenReserve > clock.GetUtcNow())
        {
            return known;
        }
    }

    /// <summary>What this credential may do has just been changed by its own request.</summary>
    public void Forget(Guid credentialId)
    {
        // A look-up that is under way may have read what was before: whoever asks from now on makes a new one, and the old one's answer is not kept.
        Interlocked.Increment(ref _revocations);
        _lookUps.Clear();
        foreach (var key in _entries.Keys)
        {
            if (_entries.Get<Entry>(key)?.Credential?.CredentialId == credentialId)
            {
                _entries.Remove(key);
            }
        }
    }

    public Task HearAsync(IReadOnlyList<Event<CredentialRevoked>> events, CancellationToken cancellationToken)
    {
        foreach (var revoked in events)
        {
            Forget(revoked.Data.CredentialId);
        }
        return Task.CompletedTask;
    }

    private async Task<ResolvedCredential?> LookUpAsync(string credential)
    {
        // Lazy runs this on the first asker's thread: let go of it, so that the dictionary's entry is there before it is removed.
        await Task.Yield();
        try
        {
            var revocations = Volatile.Read(ref _revocations);
            await using var scope = scopes.CreateAsyncScope();
            var resolved = await scope.ServiceProvider.GetRequiredService<IdentityDoor>().ResolveAsync(credential);
            if (revocations == Volatile.Read(ref _revocations))
            {
                Remember(credential, resolved);
            }
            return resolved;
        }
        finally
        {
            _lookUps.TryRemove(credential, out _);
        }
    }

    private void Remember(string credential, ResolvedCredential? resolved)
    {
        var now = clock.GetUtcNow();
        var keepFor = resolved is null ? UnknownFor : resolved.ExpiresAt - now;
        if (keepFor <= TimeSpan.Zero)
        {
            return;
        }
        var freshUntil = now + (resolved is null ? UnknownFor : KnownFor);
        _entries.Set(
            credential,
            new Entry(resolved, resolved?.ExpiresAt < freshUntil ? resolved.ExpiresAt : freshUntil),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = keepFor }
        );
    }

    public void Dispose() => _entries.Dispose();

    private sealed record Entry(ResolvedCredential? Credential, DateTimeOffset FreshUntil);
}
