using Messages.CommunicationsIngest;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CommunicationsIngest.Conversations;

/// <summary>The <c>channel</c> of a query: lower-case words as in the answers.</summary>
internal static class ChannelFilter
{
    public static bool TryParse(string? text, out Channel? channel)
    {
        channel = text switch
        {
            "call" => Channel.Call,
            "text" => Channel.Text,
            "chat" => Channel.Chat,
            _ => null,
        };
        return text is null || channel is not null;
    }

    public static ProblemHttpResult Problem() => ServiceDefaults.Problems.Problem.Invalid("channel", "channel is call, text or chat.");
}
