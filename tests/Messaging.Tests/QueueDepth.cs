using Contacts.AppHost.Local.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Messaging.Tests;

internal static class QueueDepth
{
    /// <summary>Messages ready in a queue; 0 where there is no such queue.</summary>
    public static async Task<long> ReadAsync(RabbitMqServer server, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = server.AmqpUri }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return await channel.MessageCountAsync(queue);
        }
        catch (OperationInterruptedException)
        {
            return 0;
        }
    }
}
