using System.Globalization;
using Gateway.Documents;
using Gateway.Limits;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace Gateway.Routing;

/// <summary>
/// Where each request goes. The API's routes are the paths of the services' OpenAPI documents, each to the service that documents it: what is not built has no route, and an
/// operation without a security requirement there asks for no credential here (ADR 0004).
/// </summary>
internal static class Routes
{
    private const string WebhookService = "communications";
    private const string WebService = "web";

    private static readonly TimeSpan BackendTimeout = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<RouteConfig> For(IEnumerable<ServiceDocument> documents) =>
        [
            .. documents.SelectMany(document => document.Paths.SelectMany(path => ForPath(document.Service, path.Path, path.Operations))),
            Route(Door.Webhook, WebhookService, "/webhooks/{**rest}"),
            Route(Door.Web, WebService, "/{**rest}").WithTransformUseOriginalHostHeader(),
        ];

    public static IReadOnlyList<ClusterConfig> Clusters(IEnumerable<ServiceDocument> documents) =>
        [
            .. documents
                .Select(document => document.Service)
                .Append(WebhookService)
                .Append(WebService)
                .Distinct()
                .Select(service => new ClusterConfig
                {
                    ClusterId = service,
                    Destinations = new Dictionary<string, DestinationConfig> { [service] = new() { Address = $"http://{service}" } },
                    // Open pages are quiet for longer than an answer may take.
                    HttpRequest = service == WebService ? null : new ForwarderRequestConfig { ActivityTimeout = BackendTimeout },
                }),
        ];

    private static IEnumerable<RouteConfig> ForPath(string service, string path, IReadOnlyList<Operation> operations)
    {
        var template = path.Length > 1 ? path.TrimEnd('/') : path;
        foreach (var operation in operations.Where(operation => !operation.IsSecured))
        {
            yield return Route(PublicDoor(template, operation.Method), service, template, operation.Method, operation.MaxBodyBytes);
        }
        if (template.StartsWith("/v1/chat/", StringComparison.Ordinal))
        {
            // Browsers ask without a credential whether a page may chat from another host (CORS); the service answers.
            yield return Route(Door.Public, service, template, "OPTIONS");
        }
        // Whatever other method: the service says what is not allowed.
        yield return Route(
            operations.Any(operation => operation.IsSecured) ? Door.Credential : Door.Public,
            service,
            template,
            maxBodyBytes: operations.Max(operation => operation.MaxBodyBytes)
        );
    }

    private static Door PublicDoor(string path, string method) =>
        (method, path) switch
        {
            ("POST", "/v1/sessions") => Door.SignIn,
            ("POST", "/v1/chat/sessions") => Door.ChatStart,
            _ => Door.Public,
        };

    private static RouteConfig Route(Door door, string service, string path, string? method = null, long? maxBodyBytes = null) =>
        new()
        {
            RouteId = $"{door} {method} {path}",
            ClusterId = service,
            Match = new() { Path = path, Methods = method is null ? null : [method] },
            AuthorizationPolicy = door == Door.Credential ? "default" : "anonymous",
            // A larger body is for those whose credential is known.
            Metadata = new Dictionary<string, string>
            {
                [Doors.Metadata] = door.ToString(),
                [RequestSize.Metadata] = RequestSize.LimitOf(door, maxBodyBytes).ToString(CultureInfo.InvariantCulture),
            },
        };
}
