using System.Collections.Concurrent;

namespace Simulators.Twilio.Messages;

/// <summary>
/// Default handling of opt-out keywords for long codes (https://help.twilio.com/articles/223134027): per pair of our number and theirs, the keyword alone in the
/// message, any case. The provider confirms by itself, and forwards the message to the system as any other.
/// </summary>
internal sealed class OptOuts
{
    private readonly ConcurrentDictionary<(string Ours, string Theirs), bool> optedOut = new();

    public bool Holds(string ours, string theirs) => optedOut.ContainsKey((ours, theirs));

    /// <returns>The provider's own answer to the person, or null when the text is no keyword.</returns>
    public string? Apply(string ours, string theirs, string body)
    {
        switch (body.Trim().ToUpperInvariant())
        {
            case "STOP" or "STOPALL" or "UNSUBSCRIBE" or "CANCEL" or "END" or "QUIT" or "REVOKE" or "OPTOUT":
                return optedOut.TryAdd((ours, theirs), true)
                    ? "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
                    : null;
            case "START" or "YES" or "UNSTOP":
                return optedOut.TryRemove((ours, theirs), out _)
                    ? "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
                    : null;
            case "HELP" or "INFO":
                return "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";
            default:
                return null;
        }
    }
}
