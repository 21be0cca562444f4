using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using ServiceDefaults.Authentication;
using ServiceDefaults.Json;
using ServiceDefaults.Problems;

namespace ServiceDefaults.Api;

/// <summary>What the OpenAPI documents of all services share, so that the gateway can merge them into one.</summary>
public static class ApiDocument
{
    private const string Bearer = "bearer";

    /// <summary>Pass to <c>AddOpenApi</c>, which each service calls itself: the compiler reads that project's XML comments there.</summary>
    public static void Configure(OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ShouldInclude = description =>
            description.RelativePath is { } path && (path.StartsWith("v1", StringComparison.Ordinal) || path.StartsWith("functions", StringComparison.Ordinal));
        options.AddDocumentTransformer(
            (document, _, _) =>
            {
                document.Info = new() { Title = "Contacts", Version = "v1" };
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
                {
                    Type = SecuritySchemeType.Http,
                    Scheme = Bearer,
                    Description = "An API key (ck_…) or a session token.",
                };
                return Task.CompletedTask;
            }
        );
        options.AddOperationTransformer(
            (operation, context, _) =>
            {
                var metadata = context.Description.ActionDescriptor.EndpointMetadata;
                // A route with a scheme of its own (a chat visitor's token) asks for no API key; the gateway reads that here and lets its requests through.
                var hasOwnScheme = metadata
                    .OfType<Microsoft.AspNetCore.Authorization.AuthorizationPolicy>()
                    .Any(policy => policy.AuthenticationSchemes.Count > 0);
                if (!hasOwnScheme && metadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any())
                {
                    operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
                }
                if (metadata.OfType<RequiredScope>().LastOrDefault() is { Scope: var scope })
                {
                    operation.Description = $"{operation.Description}\n\nScope: `{scope}`.".TrimStart();
                }
                BodySize.Document(operation, metadata);
                RawBody.Document(operation, metadata);
                return Task.CompletedTask;
            }
        );
        options.CreateSchemaReferenceId = type =>
            type.Type.IsGenericType && type.Type.GetGenericTypeDefinition() == typeof(Optional<>) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddSchemaTransformer(
            async (schema, context, cancellationToken) =>
            {
                var type = context.JsonTypeInfo.Type;
                if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
                {
                    var inner = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellationToken);
                    schema.Type = (inner.Type ?? JsonSchemaType.Object) | JsonSchemaType.Null;
                    schema.Items = inner.Items;
                    schema.Format = inner.Format;
                    schema.Properties = inner.Properties;
                    schema.AdditionalProperties = inner.AdditionalProperties;
                }
            }
        );
        options.AddSchemaTransformer(FieldExamples.AddAsync);
        options.AddSchemaTransformer(DescribeProblem);
    }

    /// <summary>Problems carry more than the framework's record has, and are open to further members (RFC 9457, 3.2).</summary>
    private static Task DescribeProblem(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails) && context.JsonPropertyInfo is null)
        {
            schema.AdditionalPropertiesAllowed = true;
            schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
            schema.Properties["type"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "Stable: branch on it.",
                Examples = [$"{Problem.TypePrefix}invalid-phone"],
            };
            schema.Properties["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong, by the path of the field.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            };
            schema.Properties["trace_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "By which the logs of this request are found." };
        }
        return Task.CompletedTask;
    }
}
