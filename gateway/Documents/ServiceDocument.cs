using System.Text.Json.Nodes;
using ServiceDefaults.Api;

namespace Gateway.Documents;

/// <summary>What a service offers, out of its committed OpenAPI document. The file is named after the service, as service discovery knows it.</summary>
internal sealed record ServiceDocument(string Service, JsonObject Json)
{
    private static readonly HashSet<string> Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

    /// <summary>Path templates with their operations.</summary>
    public IEnumerable<(string Path, IReadOnlyList<Operation> Operations)> Paths =>
        Json["paths"]!
            .AsObject()
            .Select(path =>
                (
                    path.Key,
                    (IReadOnlyList<Operation>)
                        [
                            .. path.Value!.AsObject()
                                .Where(member => Methods.Contains(member.Key))
                                .Select(operation => new Operation(
                                    operation.Key.ToUpperInvariant(),
                                    operation.Value!["security"] is JsonArray { Count: > 0 },
                                    (long?)operation.Value[BodySize.Extension]
                                )),
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

/// <param name="Method">Upper case.</param>
/// <param name="IsSecured">Whether a credential is needed.</param>
/// <param name="MaxBodyBytes">Null where the body is as large as on most routes.</param>
internal sealed record Operation(string Method, bool IsSecured, long? MaxBodyBytes);
