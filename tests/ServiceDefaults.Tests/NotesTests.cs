using Testing;

namespace ServiceDefaults.Tests;

/// <summary>A notes service of its own, with a database of its own, for each test.</summary>
public abstract class NotesTests(PostgresFixture postgres) : IAsyncLifetime
{
    protected static readonly Guid Workspace = Guid.CreateVersion7();

    protected ServiceFactory<Program> Service { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Service = await ServiceFactory<Program>.CreateAsync(postgres, "notesdb");
        Client = Service.CreateClient(Workspace);
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
