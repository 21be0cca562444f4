using System.Text.Json.Nodes;
using Contacts.Tests.Captures;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Testing;

namespace Contacts.Tests;

/// <summary>What reaches this service of one person's calls, texts, chats, words and consent may come in any order and more than once.</summary>
public sealed class DisorderTests(ContactsService service) : ContactsTests(service)
{
    private static readonly string[] Names = ["John", "John Smith", "john smith", "Mary", "Mary Jones", "Jon"];
    private static readonly string[] Companies = ["Acme", "ACME", "Beta"];
    private static readonly string[] Languages = ["en", "fr-CA"];

    [Property(MaxTest = 40)]
    public Property The_same_events_end_in_the_same_contact() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            seed =>
            {
#pragma warning disable xUnit1031 // FsCheck runs properties synchronously.
                EndsTheSameAsync(seed).GetAwaiter().GetResult();
#pragma warning restore xUnit1031
            }
        );

    private async Task EndsTheSameAsync(int seed)
    {
        var cards = new List<string>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            // Two people who do and say the very same; what tells them apart is put aside at the end.
            var phone = $"+1604{Random.Shared.NextInt64(2_000_000, 9_999_999)}";
            var events = Life(new Random(seed), phone);
            var order = events.Concat(events.Where(_ => Random.Shared.Next(2) == 0)).ToArray();
            Random.Shared.Shuffle(order);
            foreach (var chunk in order.Chunk(Random.Shared.Next(1, 5)))
            {
                await DeliverAsync([.. chunk.OfType<Event<InteractionRecorded>>()]);
                await DeliverAsync([.. chunk.OfType<Event<DetailsCaptured>>()]);
                await DeliverAsync([.. chunk.OfType<Event<ConsentChanged>>()]);
            }
            cards.Add(Comparable(Assert.Single(await ListAsync($"?phone={Uri.EscapeDataString(phone)}"))!, phone));
        }

        Assert.Equal(cards[0], cards[1]);
    }

    /// <summary>Ten things of one person: the first contact for certain, then interactions with and without a form, captures and consent.</summary>
    private List<object> Life(Random random, string phone)
    {
        var person = new Participant(IdentityKind.Phone, phone);
        var conversations = Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7()).ToArray();
        var life = new List<object> { Interaction(phone, Channel.Call, At(random), conversations[0]) };
        for (var i = 0; i < 9; i++)
        {
            var conversation = conversations[random.Next(3)];
            life.Add(
                random.Next(6) switch
                {
                    0 => Interaction(null, Channel.Text, At(random), conversation, person),
                    1 => Interaction(null, Channel.Chat, At(random), conversation, person with { Name = Pick(random, Names), Email = Email(random, phone) }),
                    2 => Happened.In(Workspace, new ConsentChanged(person, random.Next(2) == 0, At(random), null, null)),
                    3 => Said.By(Workspace, phone, At(random), conversation, ("email", Email(random, phone)), ("company", Pick(random, Companies))),
                    4 => Said.By(Workspace, phone, At(random), conversation, ("name", Pick(random, Names)), ("language", Pick(random, Languages))),
                    _ => Said.By(Workspace, phone, At(random), conversation, ("last_name", "Miller")),
                }
            );
        }
        return life;
    }

    /// <summary>Few moments, so that some coincide.</summary>
    private static DateTimeOffset At(Random random) => Said.Noon.AddMinutes(random.Next(6));

    private static string Email(Random random, string phone) => $"{"abc"[random.Next(3)]}{phone[1..]}@example.com";

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    private static string Comparable(JsonNode contact, string phone)
    {
        foreach (var field in new[] { "id", "version", "avatar_url", "created_at", "updated_at" })
        {
            contact.AsObject().Remove(field);
        }
        return contact.ToJsonString().Replace(phone[1..], "<phone>", StringComparison.Ordinal);
    }
}
