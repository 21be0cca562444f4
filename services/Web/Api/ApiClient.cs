using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Components.Authorization;
using Web.SignIn;

namespace Web.Api;

/// <summary>The public API as the signed-in person sees it.</summary>
internal sealed class ApiClient(IHttpClientFactory clients, AuthenticationStateProvider authentication)
{
    public const string Gateway = "gateway";

    /// <summary>Fields that a later version of the API adds are ignored.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <exception cref="ApiException">The API refused, or could not be reached.</exception>
    public async Task<Page<Contact>> SearchContactsAsync(string? text, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = await GetAsync<Page<Contact>>(
            $"/v1/contacts/search?q={Escape(text)}&limit={limit}{(cursor is null ? "" : $"&cursor={Escape(cursor)}")}",
            cancellationToken
        );
        // A list shows no notes, and they may be long.
        return page with { Data = [.. page.Data.Select(contact => contact with { Notes = null })] };
    }

    /// <exception cref="ApiException">The API refused (404: there is no such contact), or could not be reached.</exception>
    public Task<Contact> GetContactAsync(Guid id, CancellationToken cancellationToken) => GetAsync<Contact>($"/v1/contacts/{id}", cancellationToken);

    /// <exception cref="ApiException">The API refused, or could not be reached.</exception>
    public Task<Page<TimelineEntry>> ReadTimelineAsync(Guid contactId, int limit, string? cursor, CancellationToken cancellationToken) =>
        GetAsync<Page<TimelineEntry>>(
            $"/v1/contacts/{contactId}/timeline?limit={limit}{(cursor is null ? "" : $"&cursor={Escape(cursor)}")}",
            cancellationToken
        );

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", user.FindFirst(SessionClaims.Token)?.Value);
        try
        {
            using var response = await clients.CreateClient(Gateway).SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!
                : throw await ApiException.OfAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is not (ApiException or OperationCanceledException { CancellationToken.IsCancellationRequested: true }))
        {
            throw new ApiException(HttpStatusCode.ServiceUnavailable, null, exception);
        }
    }

    private static string Escape(string? text) => Uri.EscapeDataString(text ?? "");
}
