using Messages.Contacts;
using Testing;
using Web.Live;

namespace Web.Tests.Live;

public sealed class HearContactsTests
{
    [Fact]
    public async Task Each_workspace_hears_of_its_own_contacts()
    {
        var (ours, theirs, contact, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var news = new ContactNews();
        var heard = new List<Guid>();
        using var subscription = news.Subscribe(ours, contacts => heard.AddRange(contacts));

        await new HearContacts(news).HearAsync(
            [
                Happened.In(ours, new ContactDeleted(contact, 2)),
                Happened.In(ours, new ContactDeleted(contact, 2)),
                Happened.In(theirs, new ContactDeleted(other, 2)),
            ],
            CancellationToken.None
        );

        Assert.Equal([contact], heard);
    }

    [Fact]
    public void Who_left_hears_no_more()
    {
        var workspace = Guid.CreateVersion7();
        var news = new ContactNews();
        var heard = 0;
        news.Subscribe(workspace, _ => heard++).Dispose();

        news.Tell(workspace, new HashSet<Guid>());

        Assert.Equal(0, heard);
    }
}
