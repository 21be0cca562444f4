using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ServiceDefaults.Problems;

internal static class ProblemDetailsSetup
{
    public static void AddProblemDetails(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = Complete);
        builder.Services.AddExceptionHandler<ExceptionToProblem>();
        // Since .NET 10 what an IExceptionHandler answers is not logged unless we ask for it; faults of ours must be.
        builder.Services.Configure<ExceptionHandlerOptions>(options =>
            options.SuppressDiagnosticsCallback = context => context.HttpContext.Response.StatusCode < StatusCodes.Status500InternalServerError
        );
        // Otherwise Development answers a malformed body with a developer page instead of the problem document that Production sends.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Gives every problem a stable type, also those that the framework makes, and the trace id by which its logs are found.</summary>
    private static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Status ??= context.HttpContext.Response.StatusCode;
        if (problem.Type is null || !problem.Type.StartsWith(Problem.TypePrefix, StringComparison.Ordinal))
        {
            problem.Type = Problem.TypePrefix + Slug(problem.Status.Value);
        }
        if (problem is HttpValidationProblemDetails validation)
        {
            FieldNames.UseJsonSpelling(validation);
        }
        problem.Extensions["trace_id"] = Activity.Current?.TraceId.ToHexString();
        // The framework's own member says the same in its older form.
        problem.Extensions.Remove("traceId");
    }

    private static string Slug(int status) =>
        status switch
        {
            StatusCodes.Status400BadRequest => "validation",
            StatusCodes.Status401Unauthorized => "unauthenticated",
            StatusCodes.Status403Forbidden => "forbidden",
            StatusCodes.Status404NotFound => "not-found",
            StatusCodes.Status405MethodNotAllowed => "method-not-allowed",
            StatusCodes.Status413PayloadTooLarge => "too-large",
            StatusCodes.Status415UnsupportedMediaType => "unsupported-media-type",
            StatusCodes.Status429TooManyRequests => "rate-limited",
            StatusCodes.Status503ServiceUnavailable => "unavailable",
            _ => "unexpected",
        };
}
