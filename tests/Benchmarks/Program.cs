using Benchmarks;
using Benchmarks.Contacts;
using Benchmarks.Messaging;
using Benchmarks.Running;
using Spectre.Console;

if (args is [Bare.Argument, var what])
{
    await Bare.ServeAsync(what);
    return 0;
}

// Each measures the product beside its limit in the same run: on a shared machine only ratios mean something.
var benchmarks = new Dictionary<string, Func<Servers, Task<Measurement[]>>>
{
    ["commits"] = CommitsWithMessages.RunAsync,
    ["relay"] = RelayThroughput.RunAsync,
    ["lookup"] = Lookup.RunAsync,
    ["batch"] = Batch.RunAsync,
    ["activity"] = Activity.RunAsync,
};

var chosen = args.Length == 0 ? [.. benchmarks.Keys] : args;
if (chosen.FirstOrDefault(name => !benchmarks.ContainsKey(name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no benchmark '{unknown}'. There are: {string.Join(", ", benchmarks.Keys)}.");
    return 1;
}

await using var servers = await Servers.StartAsync();
var table = new Table().AddColumns("Benchmark", "What", "Rate /s", "Ratio to its limit");
foreach (var name in chosen)
{
    foreach (var measurement in await benchmarks[name](servers))
    {
        table.AddRow(name, measurement.What, $"{measurement.Rate:N0}", measurement.Limit is { } limit ? $"{measurement.Rate / limit:P0}" : "");
    }
}
AnsiConsole.Write(table);
return 0;
