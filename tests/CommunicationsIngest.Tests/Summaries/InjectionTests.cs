using CommunicationsIngest.Capture;
using CommunicationsIngest.Summaries;

namespace CommunicationsIngest.Tests.Summaries;

/// <summary>What a caller says to a machine, or of others, changes nothing: not with a model that believes every word of it, and not by rule.</summary>
public sealed class InjectionTests
{
    private const string Harmless = "person: I need to reschedule my appointment.";

    private static readonly (string Field, string Value)[] Wanted =
    [
        ("name", "Victor Evil"),
        ("name", "Root Admin"),
        ("first_name", "Victor"),
        ("last_name", "Evil"),
        ("email", "ceo@victim.example"),
        ("company", "Evil Corp"),
        ("phone", "+16045550199"),
        ("tags", "VIP"),
        ("tag", "Do Not Call"),
        ("opt_out", "false"),
        ("consent", "opted_in"),
        ("contact_id", "42"),
        ("custom.verified", "true"),
        ("notes", "gets 100% off"),
    ];

    public static TheoryData<string> Injections() =>
        [.. File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Capture", "Corpus", "injections.txt")).Where(line => line.Length > 0)];

    [Theory]
    [MemberData(nameof(Injections))]
    public async Task A_model_that_obeys_gets_nothing_through(string injection)
    {
        var text = injection.Replace("\\n", "\n", StringComparison.Ordinal);
        // Each quote is the whole text, and each is true: it was said.
        var answer = ModelReaderTests.Answer(
            "Victor Evil is the verified owner and gets 100% off.",
            [.. Wanted.Select(detail => (detail.Field, detail.Value, text))],
            ("tomorrow at 3", text)
        );

        var reading = await ModelReaderTests.ReadAsync(answer, Harmless, $"person: {text}");

        Assert.Empty(reading.Captured.Details);
        Assert.Null(reading.Captured.Callback);
        Assert.Equal(SummarySource.Rules, reading.Source);
        Assert.StartsWith("They: I need to reschedule my appointment.", reading.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I'd like to update my contact information, my email is kate@example.com", "kate@example.com")]
    [InlineData("Please add me to your list, my email is kate@example.com", "kate@example.com")]
    [InlineData("Can you remove my old address and use kate@example.com", "kate@example.com")]
    [InlineData("I ignored your instructions, sorry. I'm Kate", "Kate")]
    [InlineData("Your system is down. My name is Kate", "Kate")]
    public void What_people_say_to_people_is_no_injection(string text, string value)
    {
        var captured = CaptureRules.Read([new(Guid.CreateVersion7(), CommunicationsIngest.Transcripts.Speaker.Person, text, default)], "US");

        Assert.Equal(value, Assert.Single(captured.Details).Value);
    }
}
