using System.Text.Json;
using Messages;
using Messages.Contacts;
using Testing;

namespace CommunicationsIngest.Tests.Contacts;

/// <summary>Where conversations are after merges, whatever order the events come in.</summary>
public sealed class MergeTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private int _numbers = 1000;

    [Fact]
    public async Task A_merge_moves_conversations_to_the_survivor_in_any_order_of_events()
    {
        await using var communications = await Communications.StartAsync(postgres);
        foreach (var order in Orders(6))
        {
            var (ana, maria) = (Guid.CreateVersion7(), Guid.CreateVersion7());
            var (phone, conversation) = await TextAsync(communications);
            var deliver = new[]
            {
                () => DeliverAsync(communications, Card(ana, 1, "Ana", phone)),
                () => DeliverAsync(communications, Card(ana, 2, "Ana B.", phone)),
                () => DeliverAsync(communications, Card(maria, 1, "Maria")),
                () => DeliverAsync(communications, Card(maria, 2, "Maria", phone)),
                () => DeliverAsync(communications, Activity(ana, conversation)),
                () => DeliverAsync(communications, new ContactMerged(Guid.CreateVersion7(), maria, ana, 3)),
            };

            foreach (var i in order)
            {
                await deliver[i]();
            }

            Assert.Equal(maria, await ContactAsync(communications, conversation));
            Assert.Equal([conversation], await OfAsync(communications, maria));
            Assert.Equal([conversation], await OfAsync(communications, ana));
            Assert.Single((await communications.GetAsync($"/v1/contacts/{ana}/timeline")).GetProperty("data").EnumerateArray());
            Assert.Equal(maria, await communications.SqlAsync<Guid>("SELECT contact_id FROM contact_identities WHERE value = @phone", new { phone }));
            Assert.Null(await communications.SqlAsync<string?>("SELECT card::text FROM contact_cards WHERE contact_id = @ana", new { ana }));
        }
    }

    [Fact]
    public async Task An_undone_merge_gives_back_what_was_the_absorbed_contacts_in_any_order_of_events()
    {
        await using var communications = await Communications.StartAsync(postgres);
        foreach (var order in Orders(6))
        {
            var (ana, maria, mergeId) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            var (phone, before) = await TextAsync(communications);
            var (_, since) = await TextAsync(communications);
            var deliver = new[]
            {
                () => DeliverAsync(communications, Card(ana, 1, "Ana", phone), Card(maria, 1, "Maria")),
                () => DeliverAsync(communications, Activity(ana, before)),
                () => DeliverAsync(communications, new ContactMerged(mergeId, maria, ana, 2)),
                () => DeliverAsync(communications, Activity(maria, since)),
                () => DeliverAsync(communications, new ContactMergeUndone(mergeId, maria, ana)),
                () => DeliverAsync(communications, Card(ana, 3, "Ana", phone), Card(maria, 3, "Maria")),
            };

            foreach (var i in order)
            {
                await deliver[i]();
            }

            Assert.Equal([before], await OfAsync(communications, ana));
            Assert.Equal([since], await OfAsync(communications, maria));
            Assert.Equal(ana, await communications.SqlAsync<Guid>("SELECT contact_id FROM contact_identities WHERE value = @phone", new { phone }));
        }
    }

    [Fact]
    public async Task Merged_undone_and_merged_the_other_way_round_ends_the_same_in_any_order()
    {
        await using var communications = await Communications.StartAsync(postgres);
        foreach (var order in Orders(5))
        {
            var (ana, maria, first, second) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            var (_, anas) = await TextAsync(communications);
            var (_, marias) = await TextAsync(communications);
            var deliver = new[]
            {
                () => DeliverAsync(communications, Activity(ana, anas)),
                () => DeliverAsync(communications, Activity(maria, marias)),
                () => DeliverAsync(communications, new ContactMerged(first, maria, ana, 2)),
                () => DeliverAsync(communications, new ContactMergeUndone(first, maria, ana)),
                () => DeliverAsync(communications, new ContactMerged(second, ana, maria, 4)),
            };

            foreach (var i in order)
            {
                await deliver[i]();
            }

            Assert.Equal(new[] { anas, marias }.Order(), (await OfAsync(communications, ana)).Order());
            Assert.Equal(new[] { anas, marias }.Order(), (await OfAsync(communications, maria)).Order());
        }
    }

    [Fact]
    public async Task Chains_end_at_the_last_survivor_and_go_with_its_deletion()
    {
        await using var communications = await Communications.StartAsync(postgres);
        foreach (var order in Orders(4))
        {
            var (ana, maria, eva) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
            var (_, conversation) = await TextAsync(communications);
            var deliver = new[]
            {
                () => DeliverAsync(communications, Activity(ana, conversation)),
                () => DeliverAsync(communications, new ContactMerged(Guid.CreateVersion7(), maria, ana, 2)),
                () => DeliverAsync(communications, new ContactMerged(Guid.CreateVersion7(), eva, maria, 3)),
                () => DeliverAsync(communications, Card(eva, 1, "Eva")),
            };
            foreach (var i in order)
            {
                await deliver[i]();
            }
            Assert.Equal(eva, await ContactAsync(communications, conversation));

            await DeliverAsync(communications, new ContactDeleted(eva, 9));
            await DeliverAsync(communications, Activity(ana, conversation));

            Assert.Null(await ContactAsync(communications, conversation));
        }
    }

    [Fact]
    public async Task Links_and_merges_at_the_same_moment_leave_nothing_behind()
    {
        await using var communications = await Communications.StartAsync(postgres);
        var maria = Guid.CreateVersion7();
        var people = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).ToList();
        var conversations = new List<Guid>();
        foreach (var _ in people)
        {
            conversations.Add((await TextAsync(communications)).Conversation);
        }

        await Task.WhenAll(
            people.SelectMany(
                (person, i) =>
                    new[]
                    {
                        DeliverAsync(communications, Activity(person, conversations[i])),
                        DeliverAsync(communications, new ContactMerged(Guid.CreateVersion7(), maria, person, 2)),
                    }
            )
        );

        Assert.Equal(conversations.Order(), (await OfAsync(communications, maria)).Order());
    }

    private async Task<(string Phone, Guid Conversation)> TextAsync(Communications communications)
    {
        var phone = $"+1604555{Interlocked.Increment(ref _numbers)}";
        await communications.TextAsync(phone, "Hello");
        return (phone, await communications.SqlAsync<Guid>("SELECT id FROM conversations WHERE participant = @phone", new { phone }));
    }

    private static async Task<Guid?> ContactAsync(Communications communications, Guid conversation)
    {
        var contact = (await communications.GetAsync($"/v1/conversations/{conversation}")).GetProperty("contact");
        return contact.ValueKind == JsonValueKind.Null ? null : contact.GetProperty("id").GetGuid();
    }

    private static async Task<Guid[]> OfAsync(Communications communications, Guid contact) =>
        [.. (await communications.ConversationsAsync($"?contact_id={contact}")).Select(conversation => conversation.GetProperty("id").GetGuid())];

    private static Task DeliverAsync<T>(Communications communications, params T[] happened)
        where T : class => communications.Factory.DeliverAsync([.. happened.Select(data => Happened.In(communications.WorkspaceId, data))]);

    private static ContactActivityChanged Activity(Guid contactId, Guid conversationId) => new(contactId, 1, Noon, 0, 1, 0, [conversationId]);

    private static ContactChanged Card(Guid id, long version, string name, string? phone = null) =>
        new(
            new ContactCard
            {
                Id = id,
                Version = version,
                Name = name,
                Identities = phone is null ? [] : [new(IdentityKind.Phone, phone, true)],
                Tags = [],
                CreatedAt = Noon,
                UpdatedAt = Noon.AddMinutes(version),
                Source = ActorKind.System,
            },
            []
        );

    /// <summary>All orders of few events, a sample of many.</summary>
    private static IEnumerable<int[]> Orders(int count)
    {
        var all = Permute([.. Enumerable.Range(0, count)], 0).ToList();
        return all.Count <= 24 ? all : new Random(1).GetItems<int[]>([.. all], 40);
    }

    private static IEnumerable<int[]> Permute(int[] items, int from)
    {
        if (from == items.Length)
        {
            yield return [.. items];
        }
        for (var i = from; i < items.Length; i++)
        {
            (items[from], items[i]) = (items[i], items[from]);
            foreach (var order in Permute(items, from + 1))
            {
                yield return order;
            }
            (items[from], items[i]) = (items[i], items[from]);
        }
    }
}
