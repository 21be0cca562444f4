using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Problems;

namespace ServiceDefaults.Api;

/// <summary>An answer as bytes: captured before it is sent, stored beside its effect, sent again on a repetition.</summary>
internal sealed record StoredAnswer(short Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool IsReplay = false) : IResult
{
    private static readonly string[] Kept = ["Content-Type", "Location", "ETag"];

    /// <summary>Kept in place of an answer with a secret in it.</summary>
    public static readonly StoredAnswer Withheld = new(
        StatusCodes.Status409Conflict,
        new Dictionary<string, string> { ["Content-Type"] = "application/problem+json" },
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type = Problem.TypePrefix + "shown-once",
                title = "This was done before.",
                status = StatusCodes.Status409Conflict,
                detail = "The first request with this Idempotency-Key succeeded. Its answer held a secret, which is shown only once and not stored.",
            }
        )
    );

    public static async Task<StoredAnswer> CaptureAsync(object? result, HttpContext http)
    {
        var wire = http.Response.Body;
        using var captured = new MemoryStream();
        http.Response.Body = captured;
        try
        {
            switch (result)
            {
                case IResult answer:
                    await answer.ExecuteAsync(http);
                    break;
                case not null:
                    await http.Response.WriteAsJsonAsync(result, result.GetType());
                    break;
            }
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Response.Body = wire;
        }
        var headers = Kept.Where(http.Response.Headers.ContainsKey).ToDictionary(name => name, name => http.Response.Headers[name].ToString());
        return new((short)http.Response.StatusCode, headers, captured.ToArray());
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
        {
            response.Headers[name] = value;
        }
        if (IsReplay)
        {
            response.Headers["Idempotency-Replayed"] = "true";
        }
        if (Body.Length > 0)
        {
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
