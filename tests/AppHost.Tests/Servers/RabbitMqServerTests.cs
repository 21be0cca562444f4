using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Contacts.AppHost.Local.Servers;
using RabbitMQ.Client;

namespace AppHost.Tests.Servers;

public sealed class RabbitMqServerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quorum_queues_message_survives_a_kill()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RabbitMqServer.StartAsync(new RabbitMqOptions(folder["rabbitmq"], Durable: false), Cancel);
        await PublishAsync(server, "hello");
        var uri = server.AmqpUri;
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel); // Until 3.13 a new queue is on disk only after 0.5 s (rabbitmq/ra#443).

        await server.KillAsync();
        await server.StartAsync(Cancel);

        Assert.Equal(uri, server.AmqpUri);
        Assert.Equal("hello", await GetAsync(server));
    }

    [Fact]
    public async Task Two_at_once_have_their_own_queues_and_the_management_api_tells_them()
    {
        using var folder = new TemporaryFolder();
        var both = await Task.WhenAll(
            RabbitMqServer.StartAsync(new RabbitMqOptions(folder["one"], Durable: false), Cancel),
            RabbitMqServer.StartAsync(new RabbitMqOptions(folder["two"], Durable: false, Password: "p@ss/w%rd"), Cancel)
        );
        await using var one = both[0];
        await using var two = both[1];
        await PublishAsync(two, "hello");

        Assert.Empty(await QueuesAsync(one));
        Assert.Equal("orders", Assert.Single(await QueuesAsync(two)));
    }

    [Fact]
    public async Task Stopping_leaves_no_process_behind()
    {
        using var folder = new TemporaryFolder();
        var server = await RabbitMqServer.StartAsync(new RabbitMqOptions(folder["rabbitmq"]), Cancel);
        Assert.NotEmpty(ProcessesOf(folder));

        await server.DisposeAsync();

        Assert.Empty(ProcessesOf(folder));
    }

    private static async Task PublishAsync(RabbitMqServer server, string text)
    {
        await using var connection = await new ConnectionFactory { Uri = server.AmqpUri }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
            Cancel
        );
        await channel.QueueDeclareAsync(
            "orders",
            durable: true,
            exclusive: false,
            autoDelete: false,
            arguments: new Dictionary<string, object?> { ["x-queue-type"] = "quorum" },
            cancellationToken: Cancel
        );
        await channel.BasicPublishAsync("", "orders", Encoding.UTF8.GetBytes(text), Cancel);
    }

    private static async Task<string?> GetAsync(RabbitMqServer server)
    {
        await using var connection = await new ConnectionFactory { Uri = server.AmqpUri }.CreateConnectionAsync(Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        var message = await channel.BasicGetAsync("orders", autoAck: true, Cancel);
        return message is null ? null : Encoding.UTF8.GetString(message.Body.Span);
    }

    private static async Task<string?[]> QueuesAsync(RabbitMqServer server)
    {
        using var http = new HttpClient { BaseAddress = server.ManagementUri };
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(server.ManagementUri.UserInfo)));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        var queues = await http.GetFromJsonAsync<JsonElement>("api/queues", Cancel);
        return [.. queues.EnumerateArray().Select(queue => queue.GetProperty("name").GetString())];
    }

    /// <summary>Everything that the node started has its home folder in its environment, whatever its name is.</summary>
    private static string[] ProcessesOf(TemporaryFolder folder) =>
        [
            .. Directory
                .GetDirectories("/proc")
                .Where(process =>
                {
                    try
                    {
                        return File.ReadAllText(Path.Combine(process, "environ")).Contains(folder.Path, StringComparison.Ordinal);
                    }
                    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                    {
                        return false;
                    }
                }),
        ];
}
