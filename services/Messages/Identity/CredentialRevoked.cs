namespace Messages.Identity;

/// <summary>A session or an API key stopped being valid; whoever cached it drops it at once.</summary>
public sealed record CredentialRevoked(Guid CredentialId);
