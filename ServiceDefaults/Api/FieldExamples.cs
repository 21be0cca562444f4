using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ServiceDefaults.Api;

/// <summary>What a field of this name looks like, in every service's document alike. A field's own <c>&lt;example&gt;</c> goes before.</summary>
internal static class FieldExamples
{
    private const string AnId = "\"0198c0de-7e2a-7c3f-9a41-3f5d2b6c8e10\"";
    private const string ATime = "\"2026-11-23T09:30:00Z\"";

    private static readonly Dictionary<string, string> Examples = new()
    {
        ["allowed_origins"] = """["https://www.example.com"]""",
        ["at"] = ATime,
        ["body"] = "\"Do you have time on Saturday?\"",
        ["company"] = "\"Acme Corp\"",
        ["contact_id"] = AnId,
        ["conversation_id"] = AnId,
        ["created_at"] = ATime,
        ["default_country"] = "\"CA\"",
        ["duration_seconds"] = "214",
        ["email"] = "\"john@example.com\"",
        ["emails"] = """["john@example.com"]""",
        ["ended_at"] = ATime,
        ["expires_at"] = ATime,
        ["first_name"] = "\"John\"",
        ["id"] = AnId,
        ["label"] = "\"Main line\"",
        ["last_activity_at"] = ATime,
        ["last_contact_at"] = ATime,
        ["last_name"] = "\"Smith\"",
        ["last_used_at"] = ATime,
        ["new_password"] = "\"a longer and better one\"",
        ["notes"] = "\"Prefers morning appointments\"",
        ["number"] = "\"+16045550100\"",
        ["own_number"] = "\"+16045550100\"",
        ["password"] = "\"correct horse battery staple\"",
        ["phone"] = "\"+16045551234\"",
        ["phones"] = """["+16045551234"]""",
        ["scopes"] = """["contacts:read", "contacts:write"]""",
        ["started_at"] = ATime,
        ["tags"] = """["VIP", "Customer"]""",
        ["text"] = "\"Thank you for calling. How can we help?\"",
        ["to"] = "\"+16045550199\"",
        ["updated_at"] = ATime,
        ["url"] = "\"wss://agent.example.com/calls\"",
        ["widget_id"] = AnId,
        ["workspace_id"] = AnId,
    };

    public static Task AddAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo is { Name: var name } && schema.Examples is not { Count: > 0 } && Examples.TryGetValue(name, out var json))
        {
            var example = JsonNode.Parse(json)!;
            if (schema.Type is { } type && type.HasFlag(TypeOf(example)))
            {
                schema.Examples = [example];
            }
        }
        return Task.CompletedTask;
    }

    private static JsonSchemaType TypeOf(JsonNode example) =>
        example.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.Array => JsonSchemaType.Array,
            System.Text.Json.JsonValueKind.Number => JsonSchemaType.Integer,
            _ => JsonSchemaType.String,
        };
}
