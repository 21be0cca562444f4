namespace Web.SignIn;

/// <summary>Claims of the (encrypted) cookie, beside those of the internal token that other services use.</summary>
internal static class SessionClaims
{
    /// <summary>The session token, as the API takes it.</summary>
    public const string Token = "session_token";
    public const string Name = "name";
    public const string Email = "email";
    public const string WorkspaceName = "workspace_name";
}
