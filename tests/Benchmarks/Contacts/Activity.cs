using System.Diagnostics;
using Benchmarks.Running;
using Dapper;
using Messages;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Npgsql;

namespace Benchmarks.Contacts;

/// <summary>Calls and texts counted on their contacts per second: from the queue through the Contacts service, with the events that follow, until the last one is counted.</summary>
internal static class Activity
{
    private const int Interactions = 60_000;
    private const int People = 5_000;
    private const int Rounds = 3;

    /// <summary>What the product promises.</summary>
    private const double Promised = 3_000;

    public static async Task<Measurement[]> RunAsync(Servers servers)
    {
        await using var product = await Product.StartAsync(servers, "activity");
        await using var publisher = await Publisher.StartAsync(servers, "activity_publisher");
        var (strangers, known) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            strangers.Add(await CountAsync(product, publisher, round));
            known.Add(await CountAsync(product, publisher, round));
        }
        return
        [
            new("promised", Promised),
            new($"by {People:N0} who become contacts", strangers.Median(), Promised),
            new($"by {People:N0} known ones", known.Median(), Promised),
        ];
    }

    /// <summary>The clock runs from the commit that wakes the relay, so the relay and the broker are part of it.</summary>
    private static async Task<double> CountAsync(Product product, Publisher publisher, int round)
    {
        await using var connection = new NpgsqlConnection(product.ContactsDatabase);
        const string Counted = "SELECT coalesce(sum(message_count), 0)::bigint FROM contact_activity";
        var before = await connection.QuerySingleAsync<long>(Counted);
        var workspaceId = product.WorkspaceId;
        await publisher.EnqueueAsync(
            workspaceId,
            Enumerable
                .Range(0, Interactions)
                .Select(i => new InteractionRecorded
                {
                    InteractionId = Guid.CreateVersion7(),
                    ConversationId = Guid.CreateVersion7(),
                    Channel = Channel.Text,
                    Direction = Direction.Inbound,
                    Participant = new(IdentityKind.Phone, $"+1{604 + round}{2_000_000 + Random.Shared.Next(People)}"),
                    At = TimeProvider.System.GetUtcNow(),
                })
        );
        var clock = Stopwatch.StartNew();
        while (await connection.QuerySingleAsync<long>(Counted) < before + Interactions)
        {
            await Task.Delay(50);
        }
        return Interactions / clock.Elapsed.TotalSeconds;
    }
}
