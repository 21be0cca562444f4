namespace Messages.Identity;

/// <summary>A session or an API key stopped being valid, or what it may do changed (role, workspace); whoever cached it drops it at once and asks again.</summary>
public sealed record CredentialRevoked(Guid CredentialId);
