using System.Net;
using System.Text.Json;

namespace Web.Api;

/// <summary>The API refused, or could not be reached (503).</summary>
/// <param name="detail">What the problem document says to do; null where there was none.</param>
internal sealed class ApiException(HttpStatusCode status, string? detail, Exception? inner = null) : Exception($"The API answered {(int)status}.", inner)
{
    public HttpStatusCode Status => status;

    public string? Detail => detail;

    public static async Task<ApiException> OfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var problem = await response.Content.ReadFromJsonAsync<Document>(ApiClient.Json, cancellationToken);
            return new(response.StatusCode, problem?.Detail);
        }
        catch (JsonException)
        {
            return new(response.StatusCode, null);
        }
    }

    private sealed record Document(string? Detail);
}
