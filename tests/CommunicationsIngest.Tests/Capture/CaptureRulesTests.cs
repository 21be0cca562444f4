using System.Globalization;
using CommunicationsIngest.Capture;
using CommunicationsIngest.Transcripts;

namespace CommunicationsIngest.Tests.Capture;

public sealed class CaptureRulesTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Tuesday = new(2026, 3, 10, 17, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Precision_and_recall_over_the_corpus_hold()
    {
        var examples = Corpus.Read("calls.txt", "texts.txt", "traps.txt", "fresh.txt", "unseen.txt");
        var (right, wrong, missed) = (0, 0, 0);
        // The first reading compiles.
        _ = examples.Select(Find).ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        foreach (var example in examples)
        {
            var found = Find(example);
            var (surplus, lacking) = (found.Except(example.Expected).ToList(), example.Expected.Except(found).ToList());
            right += found.Count - surplus.Count;
            wrong += surplus.Count;
            missed += lacking.Count;
            surplus.ForEach(detail => output.WriteLine($"{example.Title}: wrong {detail.Field} \"{detail.Value}\""));
            lacking.ForEach(detail => output.WriteLine($"{example.Title}: missed {detail.Field} \"{detail.Value}\""));
        }
        var (precision, recall) = ((double)right / (right + wrong), (double)right / (right + missed));
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{examples.Count} conversations, {right + missed} details: precision {precision:0.000} ({wrong} wrong), recall {recall:0.000} ({missed} missed), {watch.Elapsed.TotalMilliseconds / examples.Count:0.00} ms each"
            )
        );

        Assert.InRange(examples.Count, 60, int.MaxValue);
        Assert.InRange(precision, 0.95, 1);
        Assert.InRange(recall, 0.8, 1);
    }

    private static List<(string Field, string Value)> Find(Corpus.Example example)
    {
        var captured = CaptureRules.Read(
            [
                .. example.Lines.Select(
                    (line, i) => new Utterance(Guid.CreateVersion7(), line.IsPerson ? Speaker.Person : Speaker.Agent, line.Text, Tuesday.AddSeconds(i))
                ),
            ],
            "US"
        );
        var found = captured.Details.Select(detail => (detail.Field, detail.Value)).ToList();
        if (captured.Callback is { } callback)
        {
            found.Add(("callback", callback.Words));
        }
        return found;
    }
}
