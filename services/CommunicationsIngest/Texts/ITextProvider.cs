namespace CommunicationsIngest.Texts;

/// <summary>A provider's way to send a text.</summary>
internal interface ITextProvider
{
    string Provider { get; }

    /// <summary>
    /// Hands the text over, once. Returns within <see cref="SendTexts.CallTimeout"/>, for a refusal of the person may be waiting to be written down.
    /// </summary>
    /// <param name="messageId">Ours, by which the provider's reports name it before its own id is known here.</param>
    Task<Handover> SendAsync(Guid messageId, string from, string to, string body, CancellationToken cancellationToken);
}

/// <summary>What became of a text that was given to a provider.</summary>
internal abstract record Handover
{
    private Handover() { }

    /// <summary>The provider has it.</summary>
    public sealed record Accepted(string ProviderId) : Handover;

    /// <summary>The provider will not send it, now or ever.</summary>
    /// <param name="IsOptedOut">Because the person has opted out with the provider.</param>
    public sealed record Refused(string ErrorCode, bool IsOptedOut) : Handover;

    /// <summary>The provider certainly does not have it; it may take it later.</summary>
    public sealed record Postponed(string Reason) : Handover;

    /// <summary>Nobody knows whether the provider has it.</summary>
    public sealed record Unknown(string Reason) : Handover;
}
