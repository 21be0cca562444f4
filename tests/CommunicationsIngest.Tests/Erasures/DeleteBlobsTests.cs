using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CommunicationsIngest.Blobs;
using CommunicationsIngest.Erasures;
using CommunicationsIngest.Recordings;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Testing;

namespace CommunicationsIngest.Tests.Erasures;

public sealed class DeleteBlobsTests(PostgresFixture postgres)
{
    private const string MariasNumber = "+16045550142";

    [Fact]
    public async Task The_erasure_is_complete_when_the_last_recording_is_gone()
    {
        var store = new Store();
        await using var communications = await StartAsync(store);
        await RecordAsync(communications, "RE1", "stored");
        await RecordAsync(communications, "RE2", "stored");
        store.FailuresLeft = 1;

        await communications.Factory.DeliverAsync(Erased(communications));
        Assert.Empty(await communications.Factory.OutboxAsync<ConversationsErased>());
        var call = await communications.OnlyConversationAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await communications.Api.GetAsync($"/v1/calls/{call.GetProperty("id")}/recording")).StatusCode);

        await DeleteAsync(communications, TimeSpan.Zero);
        Assert.Single(store.Blobs);
        Assert.Empty(await communications.Factory.OutboxAsync<ConversationsErased>());

        await DeleteAsync(communications, TimeSpan.FromMinutes(2));
        Assert.Empty(store.Blobs);
        Assert.Equal(1, Assert.Single(await communications.Factory.OutboxAsync<ConversationsErased>()).Data.Conversations);
        await DeleteAsync(communications, TimeSpan.FromHours(2));
        Assert.Single(await communications.Factory.OutboxAsync<ConversationsErased>());
    }

    [Fact]
    public async Task A_recording_that_is_erased_while_it_is_fetched_is_not_kept()
    {
        var store = new Store();
        await using var communications = await StartAsync(store);
        await RecordAsync(communications, "RE1", "waiting");
        store.WhilePutting = () => communications.Factory.DeliverAsync(Erased(communications));

        await Job<FetchRecordings>(communications).FetchDueAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);

        Assert.Equal(1, store.Puts);
        Assert.Empty(store.Blobs);
        Assert.Equal("erased", await communications.SqlAsync<string>("SELECT state FROM recordings"));
    }

    [Fact]
    public async Task What_a_crash_left_of_a_fetch_is_deleted_when_nobody_can_be_at_it_any_more()
    {
        var store = new Store();
        await using var communications = await StartAsync(store);
        var id = await RecordAsync(communications, "RE1", "waiting");
        await communications.Factory.DeliverAsync(Erased(communications));
        store.Blobs[RecordingBlob.NameOf(communications.WorkspaceId, id)] = [1];

        await DeleteAsync(communications, TimeSpan.FromMinutes(20));
        Assert.Single(store.Blobs);
        Assert.Empty(await communications.Factory.OutboxAsync<ConversationsErased>());

        await DeleteAsync(communications, TimeSpan.FromMinutes(31));
        Assert.Empty(store.Blobs);
        Assert.Single(await communications.Factory.OutboxAsync<ConversationsErased>());
    }

    [Fact]
    public async Task A_folder_loses_the_blob_and_what_a_crash_left_of_it()
    {
        var path = Path.Combine(Path.GetTempPath(), $"contacts-blobs-{Guid.CreateVersion7():N}");
        await using var communications = await Communications.StartAsync(postgres, new Dictionary<string, string?> { ["Blobs:Path"] = path });
        var blobs = communications.Factory.Services.GetRequiredService<IBlobStore>();
        using var content = new MemoryStream("audio"u8.ToArray());
        await blobs.PutAsync("a/one", content, 100, CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(path, "a", "one.0123.part"), "aud", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(path, "a", "one2"), "other", TestContext.Current.CancellationToken);

        await blobs.DeleteAsync("a/one", CancellationToken.None);
        await blobs.DeleteAsync("a/one", CancellationToken.None);
        await blobs.DeleteAsync("b/none", CancellationToken.None);

        Assert.Equal(["one2"], Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(Path.GetFileName));
    }

    private Task<Communications> StartAsync(Store store) =>
        Communications.StartAsync(
            postgres,
            configureServices: services =>
            {
                // The tests run the jobs themselves.
                foreach (
                    var job in services
                        .Where(service => service.ImplementationType == typeof(DeleteBlobs) || service.ImplementationType == typeof(FetchRecordings))
                        .ToList()
                )
                {
                    services.Remove(job);
                }
                services.AddSingleton<DeleteBlobs>();
                services.AddSingleton<FetchRecordings>();
                services.Replace(ServiceDescriptor.Singleton<IBlobStore>(store));
                services.RemoveAll<IRecordingSource>();
                services.AddSingleton<IRecordingSource, Source>();
            }
        );

    private static T Job<T>(Communications communications)
        where T : BackgroundService => communications.Factory.Services.GetRequiredService<T>();

    private static Task<int> DeleteAsync(Communications communications, TimeSpan later) =>
        Job<DeleteBlobs>(communications).DeleteDueAsync(TimeProvider.System.GetUtcNow() + later, CancellationToken.None);

    private static async Task<Guid> RecordAsync(Communications communications, string sid, string state)
    {
        await communications.TwilioAsync(
            "/webhooks/twilio/calls",
            ("CallSid", "CA1"),
            ("From", MariasNumber),
            ("To", Communications.OwnNumber),
            ("CallStatus", "ringing")
        );
        await communications.TwilioAsync(
            "/webhooks/twilio/recordings",
            ("RecordingSid", sid),
            ("CallSid", "CA1"),
            ("RecordingUrl", $"https://api.twilio.com/2010-04-01/Accounts/AC00000000000000000000000000000001/Recordings/{sid}"),
            ("RecordingStatus", "completed")
        );
        if (state == "stored")
        {
            await Job<FetchRecordings>(communications).FetchDueAsync(TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }
        Assert.Equal(state, await communications.SqlAsync<string>("SELECT state FROM recordings WHERE provider_id = @sid", new { sid }));
        return await communications.SqlAsync<Guid>("SELECT id FROM recordings WHERE provider_id = @sid", new { sid });
    }

    private static Event<ContactErased> Erased(Communications communications) =>
        Happened.In(
            communications.WorkspaceId,
            new ContactErased(Guid.CreateVersion7(), [], [new(IdentityKind.Phone, MariasNumber, true)], TimeProvider.System.GetUtcNow())
        );

    private sealed class Source : IRecordingSource
    {
        public string Provider => "twilio";

        public Task<HttpResponseMessage> OpenAsync(Uri url, CancellationToken cancellationToken) =>
            Task.FromResult(
                new HttpResponseMessage
                {
                    Content = new ByteArrayContent(Encoding.ASCII.GetBytes("audio")) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } },
                }
            );
    }

    private sealed class Store : IBlobStore
    {
        public Dictionary<string, byte[]> Blobs { get; } = [];
        public int Puts { get; private set; }
        public int FailuresLeft { get; set; }
        public Func<Task>? WhilePutting { get; set; }

        public async Task<long> PutAsync(string name, Stream content, long maxBytes, CancellationToken cancellationToken)
        {
            Puts++;
            await (WhilePutting?.Invoke() ?? Task.CompletedTask);
            using var memory = new MemoryStream();
            await content.CopyToAsync(memory, cancellationToken);
            Blobs[name] = memory.ToArray();
            return memory.Length;
        }

        public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
            Task.FromResult<Stream?>(Blobs.TryGetValue(name, out var blob) ? new MemoryStream(blob) : null);

        public Task DeleteAsync(string name, CancellationToken cancellationToken)
        {
            if (FailuresLeft-- > 0)
            {
                throw new IOException("The store is away.");
            }
            Blobs.Remove(name);
            return Task.CompletedTask;
        }
    }
}
