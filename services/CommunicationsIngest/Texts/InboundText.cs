using CommunicationsIngest.Conversations;

namespace CommunicationsIngest.Texts;

/// <summary>An SMS or MMS as any provider would tell it.</summary>
/// <param name="ProviderId">The provider's id of the message: two with the same id are one message.</param>
/// <param name="OwnNumber">Our number, E.164.</param>
internal sealed record InboundText(string Provider, string ProviderId, OtherSide From, string OwnNumber, string Body, IReadOnlyList<InboundMedium> Media);

internal sealed record InboundMedium(string Url, string ContentType);
