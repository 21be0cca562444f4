using Yarp.ReverseProxy.Model;

namespace Gateway.Routing;

/// <summary>By which of the gateway's doors a route is entered: what it asks for and what it limits.</summary>
internal enum Door
{
    /// <summary>An API key or a session.</summary>
    Credential,

    /// <summary>Public operations of the API; a chat visitor's own token goes through.</summary>
    Public,

    /// <summary>Sign-in: limited per address.</summary>
    SignIn,

    /// <summary>The start of a chat by an unknown visitor: limited per address.</summary>
    ChatStart,

    /// <summary>Providers, verified by signature in the service: bounded by concurrency alone.</summary>
    Webhook,

    /// <summary>Pages for people.</summary>
    Web,
}

internal static class Doors
{
    public const string Metadata = "door";

    /// <returns>null for what the gateway answers itself.</returns>
    public static Door? Entered(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>()?.Config.Metadata?[Metadata] is { } door ? Enum.Parse<Door>(door) : null;
}
