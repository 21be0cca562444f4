namespace ServiceDefaults.Authentication;

/// <summary>
/// The signed JWT (ES256) that the gateway puts on each request in place of the caller's credential. Identity issues it and publishes the keys under
/// <c>/.well-known/jwks.json</c>; services trust nothing else. It lives for minutes and never leaves the system.
/// </summary>
public static class InternalToken
{
    public const string Issuer = "contacts-identity";
    public const string Audience = "contacts-services";

    /// <summary>Claim: the workspace's id. Absent for a person who has signed in but chosen no workspace.</summary>
    public const string WorkspaceId = "workspace_id";

    /// <summary>Claim: person, api or agent (<see cref="Messages.ActorKind"/>).</summary>
    public const string ActorKind = "actor_kind";

    /// <summary>Claim: the actor's id, a user's or an API key's.</summary>
    public const string ActorId = "sub";

    /// <summary>Claim: the scopes, separated by spaces (RFC 8693, 4.2).</summary>
    public const string Scope = "scope";

    /// <summary>Claim: owner, admin, member or read_only; absent for API keys.</summary>
    public const string Role = "role";

    /// <summary>Claim: id of the session or API key itself, by which revocation finds it.</summary>
    public const string CredentialId = "credential_id";
}
