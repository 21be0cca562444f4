using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Contacts.AppHost.Local.Servers;

/// <summary>
/// TCP ports for servers that keep theirs over restarts. They lie below the kernel's ephemeral range: a port from that range could be taken by any
/// outgoing connection while its server is down, and a client that retries it could even connect to itself.
/// </summary>
public static class FreePort
{
    private const int Lowest = 15_000;
    private const int Highest = 32_000;

    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <summary>A free port, never given twice in this process.</summary>
    /// <exception cref="InvalidOperationException">None of 1,000 random ports was free.</exception>
    public static int Take()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = Random.Shared.Next(Lowest, Highest);
            if (IsFree(port) && Given.TryAdd(port, true))
                return port;
        }

        throw new InvalidOperationException($"No free TCP port between {Lowest} and {Highest}.");
    }

    /// <summary>The first free port from <paramref name="preferred"/> upwards.</summary>
    public static int TakeFrom(int preferred)
    {
        for (var port = preferred; port <= IPEndPoint.MaxPort; port++)
        {
            if (IsFree(port) && Given.TryAdd(port, true))
                return port;
        }

        throw new InvalidOperationException($"No free TCP port from {preferred} upwards.");
    }

    /// <summary>Nobody listens there, on any address of either protocol version.</summary>
    public static bool IsFree(int port) => Binds(IPAddress.Any, port) && (!Socket.OSSupportsIPv6 || Binds(IPAddress.IPv6Any, port));

    private static bool Binds(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = false;
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            return true; // This machine has no such protocol version, so nobody can listen there.
        }
    }
}
