using Gateway.Authentication;
using Gateway.Documents;
using Yarp.ReverseProxy.ServiceDiscovery;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace Gateway.Routing;

internal static class Forwarding
{
    /// <summary>Headers by which a client could pretend to stand where the gateway stands; YARP writes its own X-Forwarded-For, -Proto and -Host.</summary>
    private static readonly string[] Untrusted = ["Forwarded", "X-Original-URL", "X-Original-Host", "X-Real-IP", "X-Forwarded-Prefix"];

    public static void AddForwarding(this WebApplicationBuilder builder, IReadOnlyList<ServiceDocument> documents)
    {
        // ForwardingProblems says it shorter.
        builder.Logging.AddFilter("Yarp.ReverseProxy.Forwarder", LogLevel.None);
        builder.Services.AddSingleton<IDestinationResolver, ServiceDestinations>();
        builder
            .Services.AddReverseProxy()
            .LoadFromMemory(Routes.For(documents), Routes.Clusters(documents))
            .AddTransforms(transforms =>
            {
                transforms.AddRequestTransform(ReplaceCredential);
                transforms.AddResponseTransform(HideServer);
            });
    }

    /// <summary>Services get the internal token or nothing; a provider's or a visitor's own header goes through where it is theirs to check.</summary>
    private static ValueTask ReplaceCredential(RequestTransformContext transform)
    {
        foreach (var name in Untrusted)
        {
            transform.ProxyRequest.Headers.Remove(name);
        }
        var context = transform.HttpContext;
        if (context.Entered() == Door.Webhook || VisitorToken.IsOn(context.Request))
        {
            return ValueTask.CompletedTask;
        }
        transform.ProxyRequest.Headers.Authorization = context.Features.Get<ResolvedCredential>() is { } credential
            ? new("Bearer", credential.InternalToken)
            : null;
        return ValueTask.CompletedTask;
    }

    private static ValueTask HideServer(ResponseTransformContext transform)
    {
        transform.HttpContext.Response.Headers.Remove("Server");
        return ValueTask.CompletedTask;
    }
}
