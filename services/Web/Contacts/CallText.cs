using System.Globalization;
using Web.Api;

namespace Web.Contacts;

internal static class CallText
{
    /// <summary>How a call went, such as: answered, 3:07, recorded.</summary>
    public static string Of(Call call)
    {
        var parts = new List<string> { OutcomeOf(call.Outcome) };
        if (call.DurationSeconds is > 0 and { } seconds)
        {
            parts.Add(TimeSpan.FromSeconds(seconds).ToString(seconds >= 3_600 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture));
        }
        if (call.Recordings?.Any(recording => recording.State == "stored") == true)
        {
            parts.Add("recorded");
        }
        return string.Join(", ", parts);
    }

    private static string OutcomeOf(string? outcome) =>
        outcome switch
        {
            null => "in progress",
            "completed" => "answered",
            "no_answer" => "not answered",
            "canceled" => "ended before it was answered",
            var other => other.Replace('_', ' '),
        };
}
