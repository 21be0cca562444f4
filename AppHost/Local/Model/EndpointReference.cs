using System.Globalization;
using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Model;

/// <summary>An HTTP endpoint of a project. Its port is settled at the first look and stays for the whole run.</summary>
internal sealed class EndpointReference(string name, int? preferredPort)
{
    private readonly Lazy<int> _port = new(() => preferredPort is { } port ? FreePort.TakeFrom(port) : FreePort.Take());

    public string EndpointName { get; } = name;

    /// <summary>When it is taken, the next free one above it is used.</summary>
    public int? PreferredPort { get; } = preferredPort;

    public bool HasMoved => PreferredPort is { } preferred && preferred != Port;

    public int Port => _port.Value;

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}");
}
