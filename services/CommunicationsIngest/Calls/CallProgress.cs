using CommunicationsIngest.Conversations;
using Messages.CommunicationsIngest;

namespace CommunicationsIngest.Calls;

/// <summary>What a provider says about a call at one moment.</summary>
/// <param name="ProviderId">The provider's id of the call: all that carry it are one call.</param>
/// <param name="OwnNumber">Our number, E.164.</param>
/// <param name="OtherSide">Caller of an inbound call, called of an outbound one.</param>
/// <param name="Sequence">The provider's count of this call's events; -1 where it does not count.</param>
/// <param name="At">When it happened, where the provider says so.</param>
/// <param name="DurationSeconds">Of a call that has ended.</param>
/// <param name="Verification">STIR/SHAKEN verdict.</param>
internal sealed record CallProgress(
    string Provider,
    string ProviderId,
    string OwnNumber,
    OtherSide OtherSide,
    Direction Direction,
    CallStatus Status,
    int Sequence,
    DateTimeOffset? At,
    int? DurationSeconds,
    string? CallerName,
    string? Verification,
    string? ForwardedFrom
);
