namespace Messages.CommunicationsIngest;

/// <summary>All that was said with an erased person is gone, recordings included.</summary>
/// <param name="Conversations">How many were emptied.</param>
public sealed record ConversationsErased(Guid ErasureId, int Conversations);
