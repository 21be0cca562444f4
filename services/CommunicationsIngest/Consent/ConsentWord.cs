namespace CommunicationsIngest.Consent;

/// <summary>What a person's words say of being contacted.</summary>
/// <param name="IsInferred">Read out of a sentence instead of a keyword.</param>
/// <param name="Quote">The person's words, at most 500 characters.</param>
internal sealed record ConsentWord(ConsentWordKind Kind, Coverage Covers, bool IsInferred, string Quote);

internal enum ConsentWordKind
{
    /// <summary>A refusal.</summary>
    OptOut,

    /// <summary>START, UNSTOP.</summary>
    OptIn,

    /// <summary>YES: an opt-in of somebody who is opted out, and an ordinary word of anybody else.</summary>
    OptInIfOptedOut,

    /// <summary>HELP, INFO.</summary>
    Help,
}

/// <summary>What a refusal or a consent is about.</summary>
[Flags]
internal enum Coverage
{
    /// <summary>Texts and chat messages: what the tag opt-out shows.</summary>
    Messages = 1,

    /// <summary>Calls: what the tag Do Not Call shows.</summary>
    Calls = 2,
    All = Messages | Calls,
}
