using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NJsonSchema;

namespace EndToEnd.Tests;

/// <summary>
/// Lets requests through to the gateway and holds each answer against the published OpenAPI document: the route, the status, the content type and the body's schema must all be
/// in it, and the body may hold nothing that it does not name.
/// </summary>
internal sealed partial class DocumentedApi(JsonNode document) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
{
    private readonly Dictionary<string, JsonSchema> _schemas = [];

    public static async Task<HttpClient> ConnectAsync(RunningSystem system)
    {
        var document = await system.Anonymous.GetJsonAsync("/openapi/v1.json");
        return new(new DocumentedApi(document))
        {
            BaseAddress = system.Url,
            DefaultRequestHeaders = { Authorization = system.Api.DefaultRequestHeaders.Authorization },
        };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var what = $"{request.Method} {request.RequestUri!.AbsolutePath} → {(int)answer.StatusCode}";
        var operation = Operation(request);
        Assert.True(operation is not null, $"{what}: the route is not documented.");
        var documented = operation["responses"]?[((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture)];
        Assert.True(documented is not null, $"{what}: the status is not documented. {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        if (documented["content"] is not JsonObject content)
        {
            Assert.True(answer.Content.Headers.ContentLength is 0 or null, $"{what}: a body that is not documented.");
            return answer;
        }
        var type = answer.Content.Headers.ContentType?.MediaType ?? "";
        Assert.True(content.ContainsKey(type), $"{what}: {type} is not documented.");
        if (type.EndsWith("json", StringComparison.Ordinal) && content[type]?["schema"] is { } schema)
        {
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            var errors = (await SchemaAsync(schema, isProblem: type.Contains("problem", StringComparison.Ordinal))).Validate(body);
            Assert.True(errors.Count == 0, $"{what}: {string.Join("; ", errors)}\n{body}");
        }
        return answer;
    }

    private JsonNode? Operation(HttpRequestMessage request) =>
        document["paths"]!
            .AsObject()
            .Where(path => Regex.IsMatch(request.RequestUri!.AbsolutePath, $"^{Parameter().Replace(Regex.Escape(path.Key).Replace("\\{", "{"), "[^/]+")}$"))
            // A literal path goes before one with a parameter in the same place.
            .OrderBy(path => path.Key.Count(character => character == '{'))
            .Select(path => path.Value![request.Method.Method.ToLowerInvariant()])
            .FirstOrDefault(operation => operation is not null);

    /// <summary>OpenAPI 3.1 schemas are JSON Schema; only the place of the named ones differs.</summary>
    private async Task<JsonSchema> SchemaAsync(JsonNode schema, bool isProblem)
    {
        var key = schema.ToJsonString();
        if (!_schemas.TryGetValue(key, out var read))
        {
            var whole = new JsonObject { ["allOf"] = new JsonArray(schema.DeepClone()), ["definitions"] = document["components"]!["schemas"]!.DeepClone() };
            // Problem documents are open by their RFC; all else is closed, so that a field which nobody documented shows.
            foreach (var (name, definition) in whole["definitions"]!.AsObject())
            {
                if (!isProblem && name != "ProblemDetails" && definition is JsonObject { } named && named["properties"] is not null)
                {
                    named["additionalProperties"] ??= false;
                }
            }
            var json = whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal);
            _schemas[key] = read = await JsonSchema.FromJsonAsync(json);
        }
        return read;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
