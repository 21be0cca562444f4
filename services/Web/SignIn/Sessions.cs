using System.Net;
using System.Net.Http.Headers;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using ServiceDefaults.Authentication;
using Web.Api;

namespace Web.SignIn;

/// <summary>Sessions at the API.</summary>
internal sealed class Sessions(IHttpClientFactory clients)
{
    /// <returns>The person, or why not.</returns>
    public async Task<(ClaimsPrincipal? Person, string? Refusal)> StartAsync(
        string email,
        string password,
        IPAddress? address,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = JsonContent.Create(new { email, password }) };
        // Failed sign-ins are counted per address; ours is not the person's.
        request.Headers.Add("X-Forwarded-For", address?.ToString());
        try
        {
            using var response = await clients.CreateClient(ApiClient.Gateway).SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return (null, Explain(await ApiException.OfAsync(response, cancellationToken)));
            }
            var session = (await response.Content.ReadFromJsonAsync<Session>(ApiClient.Json, cancellationToken))!;
            return session.Workspace is null
                ? (null, "You are not a member of any workspace yet. Ask the owner of yours to add you.")
                : (ToPerson(session, session.Workspace), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException { CancellationToken.IsCancellationRequested: true })
        {
            return (null, "Signing in is not possible right now. Try again in a moment.");
        }
    }

    /// <summary>Ends it at the API too. Whoever signs out is signed out here even if the API is away.</summary>
    public async Task EndAsync(string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/v1/sessions/current");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await clients.CreateClient(ApiClient.Gateway).SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException) { }
    }

    private static string Explain(ApiException refusal) =>
        refusal.Status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest => "Email or password is wrong.",
            HttpStatusCode.TooManyRequests => refusal.Detail ?? "Too many attempts. Try again in five minutes.",
            HttpStatusCode.Forbidden => refusal.Detail ?? "You may not sign in here.",
            _ => "Signing in is not possible right now. Try again in a moment.",
        };

    private static ClaimsPrincipal ToPerson(Session session, Workspace workspace) =>
        new(
            new ClaimsIdentity(
                [
                    new(SessionClaims.Token, session.Token),
                    new(InternalToken.ActorId, session.User.Id.ToString()),
                    new(SessionClaims.Name, session.User.Name ?? session.User.Email),
                    new(SessionClaims.Email, session.User.Email),
                    new(InternalToken.WorkspaceId, workspace.Id.ToString()),
                    new(SessionClaims.WorkspaceName, workspace.Name),
                    new(InternalToken.Role, session.Role ?? ""),
                ],
                CookieAuthenticationDefaults.AuthenticationScheme,
                SessionClaims.Name,
                InternalToken.Role
            )
        );

    private sealed record Session(string Token, User User, Workspace? Workspace, string? Role);

    private sealed record User(Guid Id, string Email, string? Name);

    private sealed record Workspace(Guid Id, string Name);
}
