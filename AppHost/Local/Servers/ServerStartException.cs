namespace Contacts.AppHost.Local.Servers;

/// <summary>A server did not come up; the message ends with its last lines.</summary>
public sealed class ServerStartException : Exception
{
    public ServerStartException() { }

    public ServerStartException(string message)
        : base(message) { }

    public ServerStartException(string message, Exception innerException)
        : base(message, innerException) { }

    public static ServerStartException For(string what, IEnumerable<string> lastLines) =>
        new(string.Join(Environment.NewLine, [what, .. lastLines.TakeLast(20).Select(line => "    " + line)]));
}
