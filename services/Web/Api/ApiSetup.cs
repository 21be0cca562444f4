namespace Web.Api;

internal static class ApiSetup
{
    /// <summary>Web uses what its customers use: the public API, through the gateway, with the person's own session.</summary>
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient(ApiClient.Gateway, client => client.BaseAddress = new("http://gateway"));
        builder.Services.AddScoped<ApiClient>();
        builder.Services.AddCascadingAuthenticationState();
    }
}
