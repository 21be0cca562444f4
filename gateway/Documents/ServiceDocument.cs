using System.Text.Json.Nodes;

namespace Gateway.Documents;

/// <summary>What a service offers, out of its committed OpenAPI document. The file is named after the service, as service discovery knows it.</summary>
internal sealed record ServiceDocument(string Service, JsonObject Json)
{
    private static readonly HashSet<string> Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <summary>Path templates with their operations: upper-case method, and whether a credential is needed.</summary>
    public IEnumerable<(string Path, IReadOnlyList<(string Method, bool IsSecured)> Operations)> Paths =>
        Json["paths"]!
            .AsObject()
            .Select(path =>
                (
                    path.Key,
                    (IReadOnlyList<(string, bool)>)
                        [
                            .. path.Value!.AsObject()
                                .Where(member => Methods.Contains(member.Key))
                                .Select(operation => (operation.Key.ToUpperInvariant(), operation.Value!["security"] is JsonArray { Count: > 0 })),
                        ]
                )
            );

    public static IReadOnlyList<ServiceDocument> ReadAll(string folder) =>
        Directory.Exists(folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(folder, "*.json")
                    .Order(StringComparer.Ordinal)
                    .Select(file => new ServiceDocument(Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!.AsObject())),
            ]
            : [];
}
