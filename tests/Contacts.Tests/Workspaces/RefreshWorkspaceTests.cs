using Messages.Identity;
using Testing;

namespace Contacts.Tests.Workspaces;

public sealed class RefreshWorkspaceTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Phones_are_read_as_the_workspaces_country_writes_them()
    {
        await DeliverAsync(Happened.In(Workspace, new WorkspaceChanged(Workspace, "London", "GB")));

        Assert.Equal("+442079460958", (string?)(await CreateAsync("""{"phone":"020 7946 0958"}"""))["phone"]);
        Assert.Equal(7, (await (await Client.GetAsync("/v1/tags")).JsonAsync())["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_older_change_that_comes_late_is_ignored()
    {
        var now = TimeProvider.System.GetUtcNow();
        await CreateAsync("""{"phone":"+16045551234"}""");
        await DeliverAsync(Happened.In(Workspace, new WorkspaceChanged(Workspace, "B", "GB"), now));
        await DeliverAsync(Happened.In(Workspace, new WorkspaceChanged(Workspace, "A", "DE"), now.AddHours(-1)));

        Assert.Equal("+442079460958", (string?)(await CreateAsync("""{"phone":"020 7946 0958"}"""))["phone"]);
    }
}
