using Testing;

namespace Contacts.Tests;

/// <summary>One service for all tests; each test has a workspace of its own, which is the wall between them that the product itself relies on.</summary>
public sealed class ContactsService : IAsyncLifetime
{
    private readonly PostgresFixture _postgres = new();

    internal ServiceFactory<Program> Factory { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await _postgres.InitializeAsync();
        Factory = await ServiceFactory<Program>.CreateAsync(
            _postgres,
            "contactsdb",
            new Dictionary<string, string?> { ["Erasure:Key"] = "the tests' own secret of 32 characters and more" }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Factory.DisposeAsync();
        await _postgres.DisposeAsync();
    }
}
