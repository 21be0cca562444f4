using Web.Api;
using Web.Contacts;

namespace Web.Tests.Contacts;

public sealed class LoadedContactsTests
{
    private static readonly Contact[] People = [.. Enumerable.Range(0, 6).Select(i => new Contact { Id = Guid.CreateVersion7(), Name = $"{i}" })];

    [Fact]
    public void A_refresh_that_covers_all_rows_replaces_them()
    {
        var loaded = new LoadedContacts("", People[..3], null);

        Assert.Equal([People[1], People[0]], loaded.Refresh(new([People[1], People[0]], null)).Rows);
    }

    [Fact]
    public void Rows_beyond_the_refreshed_ones_stay_once()
    {
        var loaded = new LoadedContacts("", People[..5], "cursor");

        var refreshed = loaded.Refresh(new([People[5], People[3], People[0]], "other"));

        Assert.Equal([People[5], People[3], People[0], People[4]], refreshed.Rows);
        Assert.Equal("cursor", refreshed.NextCursor);
    }
}
