using CommunicationsIngest.Consent;
using CommunicationsIngest.Conversations;

namespace CommunicationsIngest.Texts;

/// <summary>An SMS or MMS as any provider would tell it.</summary>
/// <param name="ProviderId">The provider's id of the message: two with the same id are one message.</param>
/// <param name="OwnNumber">Our number, E.164.</param>
/// <param name="Keyword">What the provider itself took the text for; null where it says nothing.</param>
/// <param name="AnswersKeywords">The provider confirms STOP and START and answers HELP itself.</param>
internal sealed record InboundText(
    string Provider,
    string ProviderId,
    OtherSide From,
    string OwnNumber,
    string Body,
    IReadOnlyList<InboundMedium> Media,
    ConsentWordKind? Keyword = null,
    bool AnswersKeywords = true
);

internal sealed record InboundMedium(string Url, string ContentType);
