namespace Gateway.Authentication;

/// <summary>Identity's answer about a credential.</summary>
/// <param name="InternalToken">For the services, in place of the credential.</param>
/// <param name="ExpiresAt">When that token ends.</param>
/// <param name="RateLimit">Requests per minute, where the key has a limit of its own.</param>
internal sealed record ResolvedCredential(
    string InternalToken,
    DateTimeOffset ExpiresAt,
    Guid CredentialId,
    Guid? WorkspaceId,
    string ActorKind,
    Guid ActorId,
    int? RateLimit
);
