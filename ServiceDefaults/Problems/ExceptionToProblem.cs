using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using ServiceDefaults.Postgres;

namespace ServiceDefaults.Problems;

/// <summary>What was not expected: a malformed request (4xx with what is wrong), a database that is away (503, try again), or a fault of ours (500, no details outside).</summary>
internal sealed class ExceptionToProblem(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = Describe(exception);
        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            httpContext.Response.Headers.RetryAfter = "1";
        }
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem });
    }

    private static ProblemDetails Describe(Exception exception) =>
        exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Make(
                413,
                "The request is too large.",
                "The body is larger than this route accepts."
            ),
            BadHttpRequestException bad => Make(bad.StatusCode, "The request cannot be read.", Explain(bad)),
            PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => Make(
                400,
                "The request is not valid.",
                "A text contains the character U+0000, which cannot be stored."
            ),
            _ when Transient.Is(exception) => Make(503, "Temporarily unavailable.", "A part this request needs is restarting. Repeat it in a moment."),
            _ => Make(500, "Something went wrong on our side.", "The fault was logged under the trace id."),
        };

    private static string Explain(BadHttpRequestException bad) => bad.InnerException is JsonException json ? Explain(json) : bad.Message;

    /// <summary>Says where and what; the framework's own sentences name our internal types.</summary>
    private static string Explain(JsonException json)
    {
        const string Missing = "missing required properties including: ";
        var missing = json.Message.IndexOf(Missing, StringComparison.Ordinal);
        if (missing >= 0)
        {
            return "Missing: " + json.Message[(missing + Missing.Length)..];
        }
        return json.Message.Contains("could not be mapped", StringComparison.Ordinal)
            ? $"Unknown field at {json.Path}."
            : $"The JSON is not valid at {json.Path ?? "$"} (line {(json.LineNumber ?? 0) + 1}, byte {json.BytePositionInLine ?? 0}).";
    }

    private static ProblemDetails Make(int status, string title, string detail) =>
        new()
        {
            Status = status,
            Title = title,
            Detail = detail,
        };
}
