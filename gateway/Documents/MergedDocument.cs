using System.Text.Json.Nodes;

namespace Gateway.Documents;

/// <summary>
/// One OpenAPI document out of those of the services. Schemas of the same name and shape are one; of the same name and another shape, the later service's takes its
/// service's name in front. The same operation twice is an error: two services cannot own it.
/// </summary>
internal sealed class MergedDocument
{
    private readonly JsonObject _paths = [];
    private readonly Dictionary<string, JsonObject> _components = [];
    private readonly SortedSet<string> _tags = new(StringComparer.Ordinal);
    private string _version = "3.1.1";

    public static string Merge(IEnumerable<ServiceDocument> documents)
    {
        var merged = new MergedDocument();
        foreach (var document in documents)
        {
            merged.Add(document);
        }
        return merged.ToJson();
    }

    private void Add(ServiceDocument document)
    {
        var json = document.Json.DeepClone().AsObject();
        _version = (string?)json["openapi"] ?? _version;
        foreach (var (kind, name) in Clashes(json))
        {
            Rename(json, kind, name, Capitalised(document.Service) + name);
        }
        foreach (var (kind, components) in json["components"]?.AsObject() ?? [])
        {
            var own = _components.TryGetValue(kind, out var known) ? known : _components[kind] = [];
            foreach (var (name, component) in components!.AsObject())
            {
                own[name] = component!.DeepClone();
            }
        }
        foreach (var (path, item) in json["paths"]!.AsObject())
        {
            AddPath(path, item!.AsObject());
        }
    }

    private IReadOnlyList<(string Kind, string Name)> Clashes(JsonObject json) =>
        [
            .. (json["components"]?.AsObject() ?? []).SelectMany(kind =>
                kind.Value!.AsObject()
                    .Where(component =>
                        _components.TryGetValue(kind.Key, out var known) && known[component.Key] is { } other && !JsonNode.DeepEquals(other, component.Value)
                    )
                    .Select(component => (kind.Key, component.Key))
            ),
        ];

    private static void Rename(JsonObject json, string kind, string name, string newName)
    {
        var components = json["components"]![kind]!.AsObject();
        components[newName] = components[name]!.DeepClone();
        components.Remove(name);
        Repoint(json, $"#/components/{kind}/{name}", $"#/components/{kind}/{newName}");
    }

    private static void Repoint(JsonNode? node, string from, string to)
    {
        if (node is JsonObject owner)
        {
            if (owner["$ref"] is JsonValue reference && reference.TryGetValue<string>(out var target) && target == from)
            {
                owner["$ref"] = to;
            }
            foreach (var member in owner.ToList())
            {
                Repoint(member.Value, from, to);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Repoint(item, from, to);
            }
        }
    }

    private void AddPath(string path, JsonObject item)
    {
        var own = _paths[path]?.AsObject() ?? [];
        _paths[path] = own;
        foreach (var (method, operation) in item)
        {
            if (own.ContainsKey(method))
            {
                throw new InvalidOperationException($"Two services document {method} {path}.");
            }
            own[method] = operation!.DeepClone();
            _tags.UnionWith((operation["tags"] as JsonArray ?? []).Select(tag => (string)tag!));
        }
    }

    private string ToJson()
    {
        var document = new JsonObject
        {
            ["openapi"] = _version,
            ["info"] = new JsonObject
            {
                ["title"] = "Contacts",
                ["version"] = "v1",
                ["description"] = "Send an API key (`ck_…`) or a session token (`cs_…`) as `Authorization: Bearer`.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = new JsonObject(
                _paths.OrderBy(path => path.Key, StringComparer.Ordinal).Select(path => KeyValuePair.Create(path.Key, path.Value?.DeepClone()))
            ),
            ["components"] = new JsonObject(
                _components.Select(kind =>
                    KeyValuePair.Create<string, JsonNode?>(
                        kind.Key,
                        new JsonObject(
                            kind.Value.OrderBy(component => component.Key, StringComparer.Ordinal)
                                .Select(component => KeyValuePair.Create(component.Key, component.Value?.DeepClone()))
                        )
                    )
                )
            ),
            ["tags"] = new JsonArray([.. _tags.Select(tag => new JsonObject { ["name"] = tag })]),
        };
        return document.ToJsonString();
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
