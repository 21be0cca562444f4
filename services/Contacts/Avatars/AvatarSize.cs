using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.OpenApi;
using ServiceDefaults.Problems;

namespace Contacts.Avatars;

/// <summary>Width and height of an avatar in pixels: one of a few, so that each can be made at the upload and cached for good.</summary>
internal static class AvatarSize
{
    public const int Default = 128;
    public const int Largest = 512;

    public static readonly IReadOnlyList<int> All = [32, 64, 128, 256, Largest];

    /// <returns>null where the size is one of them.</returns>
    public static ProblemHttpResult? Check(int size) => All.Contains(size) ? null : Problem.Invalid("size", $"size: one of {string.Join(", ", All)}.");

    public static RouteHandlerBuilder DocumentsSizes(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer(
            (operation, _, _) =>
            {
                var size = (OpenApiSchema)operation.Parameters!.Single(parameter => parameter.Name == "size").Schema!;
                size.Enum = [.. All.Select(one => (JsonNode)one)];
                return Task.CompletedTask;
            }
        );
}
