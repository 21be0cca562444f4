using System.Text.Json.Nodes;
using Gateway.Documents;
using Microsoft.OpenApi;

namespace Gateway.Tests.Documents;

public sealed class MergedDocumentTests
{
    [Fact]
    public void The_committed_documents_make_a_valid_one()
    {
        var documents = ServiceDocument.ReadAll(Path.Combine(AppContext.BaseDirectory, "openapi"));

        var merged = OpenApiDocument.Parse(MergedDocument.Merge(documents), "json");

        Assert.NotEmpty(documents);
        Assert.Empty(merged.Diagnostic!.Errors);
        Assert.Equal(documents.Sum(document => document.Paths.Count()), merged.Document!.Paths.Count);
        Assert.Contains("bearer", merged.Document.Components!.SecuritySchemes!.Keys);
    }

    [Fact]
    public void A_schema_of_the_same_shape_is_one()
    {
        var merged = JsonNode.Parse(MergedDocument.Merge([Document("a", "/a", "string"), Document("b", "/b", "string")]))!;

        Assert.Equal(["Thing"], merged["components"]!["schemas"]!.AsObject().Select(schema => schema.Key));
    }

    [Fact]
    public void A_schema_of_another_shape_gets_its_services_name_and_is_still_found()
    {
        var merged = JsonNode.Parse(MergedDocument.Merge([Document("a", "/a", "string"), Document("b", "/b", "integer")]))!;

        Assert.Equal(["BThing", "Thing"], merged["components"]!["schemas"]!.AsObject().Select(schema => schema.Key));
        Assert.Equal("#/components/schemas/BThing", (string?)merged["paths"]!["/b"]!["get"]!["x"]!["$ref"]);
        Assert.Equal("#/components/schemas/Thing", (string?)merged["paths"]!["/a"]!["get"]!["x"]!["$ref"]);
    }

    [Fact]
    public void An_operation_has_one_owner() =>
        Assert.Throws<InvalidOperationException>(() => MergedDocument.Merge([Document("a", "/a", "string"), Document("b", "/a", "string")]));

    private static ServiceDocument Document(string service, string path, string type) =>
        new(
            service,
            JsonNode
                .Parse(
                    $$$"""
                    {
                      "paths": { "{{{path}}}": { "get": { "tags": ["T"], "x": { "$ref": "#/components/schemas/Thing" } } } },
                      "components": { "schemas": { "Thing": { "type": "{{{type}}}" } } }
                    }
                    """
                )!
                .AsObject()
        );
}
