using System.Net.Sockets;
using Npgsql;

namespace ServiceDefaults.Postgres;

/// <summary>Tells a fault that passes by itself (a server restarting, a lost connection, a deadlock) from one that will come again.</summary>
public static class Transient
{
    public static bool Is(Exception exception) =>
        exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
            NpgsqlException { IsTransient: true } => true,
            // "Exception while reading from stream": the server went away in mid-answer.
            NpgsqlException { InnerException: IOException or SocketException or TimeoutException } => true,
            SocketException or TimeoutException or IOException => true,
            HttpRequestException => true,
            // A circuit that is open or a call that took too long, as the resilience handler says it.
            Polly.ExecutionRejectedException => true,
            // The signing keys could not be fetched: Identity is restarting.
            InvalidOperationException { InnerException: IOException or HttpRequestException } => true,
            AggregateException aggregate => aggregate.InnerExceptions.All(Is),
            _ => false,
        };
}
