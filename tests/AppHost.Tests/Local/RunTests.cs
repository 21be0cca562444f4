using System.Diagnostics;
using System.Net.Http.Json;
using Contacts.AppHost.Local.Running;
using Contacts.AppHost.Local.Servers;
using Npgsql;

namespace AppHost.Tests.Local;

public sealed class RunTests
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task Everything_runs_and_a_SIGTERM_leaves_no_process_behind()
    {
        using var folder = new TemporaryFolder();
        await using var host = new TinyHost(folder);
        await host.StartAsync("--Messaging=true");
        var environment = await Http.GetFromJsonAsync<Dictionary<string, string>>(host.Run.Url + "/environment");
        Assert.Equal(host.Run.ConnectionStrings["echodb"], environment!["ConnectionStrings__echodb"]);
        Assert.Equal(host.Run.ConnectionStrings["messaging"], environment["ConnectionStrings__messaging"]);
        Assert.Equal(host.Run.Url, environment["ASPNETCORE_URLS"]);
        Assert.NotEmpty(host.Processes());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["data/run.json"]));

        var since = Stopwatch.GetTimestamp();
        Signals.Send(host.Process.Pid, Signal.Terminate);
        var code = await host.Process.Exited;

        Assert.Equal(0, code);
        Assert.True(Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(15));
        Assert.Empty(host.Processes());
        Assert.Equal("stopped", host.Run.State);
    }

    [Fact]
    public async Task Killed_parts_run_again_on_their_ports()
    {
        using var folder = new TemporaryFolder();
        await using var host = new TinyHost(folder);
        await host.StartAsync("--Messaging=true");
        var before = host.Run.Parts;
        Assert.Equal(3, before.Count);

        Assert.All(before, part => Assert.True(Signals.Send(part.Pid, Signal.Kill)));
        await host.Until(() => host.Run.Parts.All(part => part is { State: "running", Restarts: 1 }));

        var after = host.Run.Parts;
        Assert.Equal(before.Select(part => part.Port), after.Select(part => part.Port));
        Assert.Empty(before.Select(part => part.Pid).Intersect(after.Select(part => part.Pid)));
        await ExecuteAsync(host, "select 1");
        Assert.True((await Http.GetAsync(new Uri(host.Run.Url + "/health"))).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_killed_AppHost_leaves_nothing_running_and_the_next_start_has_its_data()
    {
        using var folder = new TemporaryFolder();
        await using var first = new TinyHost(folder);
        await first.StartAsync("--Messaging=true");
        await ExecuteAsync(first, "create table orders as select 42 as id");

        Signals.Send(first.Process.Pid, Signal.Kill);
        await first.Process.Exited;
        await using var second = new TinyHost(folder);
        await second.StartAsync();

        Assert.Equal(42, await ExecuteAsync(second, "select id from orders"));
        await second.DisposeAsync();
        Assert.Empty(second.Processes());
    }

    [Fact]
    public async Task What_even_the_guardian_missed_is_ended_by_the_next_start()
    {
        using var folder = new TemporaryFolder();
        await using var first = new TinyHost(folder);
        await first.StartAsync();
        var left = first.Run.Parts;
        var guardian = GuardianOf(first.Process.Pid);

        Signals.Send(guardian, Signal.Kill);
        Signals.Send(first.Process.Pid, Signal.Kill);
        await first.Process.Exited;
        Assert.All(left, part => Assert.NotNull(ProcessIdentity.Of(part.Pid)));
        await using var second = new TinyHost(folder);
        await second.StartAsync();

        Assert.All(left, part => Assert.Null(ProcessIdentity.Of(part.Pid)));
        Assert.Contains(second.Process.LastLines, line => line.Contains("ended what it left behind", StringComparison.Ordinal));
        await second.DisposeAsync();
        Assert.Empty(second.Processes());
    }

    [Fact]
    public async Task A_second_start_in_the_same_folder_is_refused_and_another_folder_gets_its_own_ports()
    {
        using var folder = new TemporaryFolder();
        using var another = new TemporaryFolder();
        await using var host = new TinyHost(folder);
        await host.StartAsync();

        await using var same = TinyHost.Start(folder, "data");
        var code = await same.Exited;
        await using var beside = new TinyHost(another);
        await beside.StartAsync();

        Assert.Equal(1, code);
        var said = string.Join('\n', same.LastLines);
        Assert.Contains(host.Run.Url!, said, StringComparison.Ordinal);
        Assert.Contains(host.Process.Pid.ToString(System.Globalization.CultureInfo.InvariantCulture), said, StringComparison.Ordinal);
        Assert.Contains("./run --data DIR", said, StringComparison.Ordinal);
        Assert.Empty(host.Run.Parts.Select(part => part.Port).Intersect(beside.Run.Parts.Select(part => part.Port)));
    }

    [Fact]
    public async Task A_start_that_fails_tells_the_parts_last_lines_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();

        await using var host = TinyHost.Start(folder, "data", "--HealthPath=/nowhere", "--timeout", "15");

        Assert.Equal(1, await host.Exited);
        var said = string.Join('\n', host.LastLines);
        Assert.Contains("echo (Starting)", said, StringComparison.Ordinal);
        Assert.Contains("nowhere", said, StringComparison.Ordinal);
    }

    private static int GuardianOf(int parent) =>
        Directory
            .GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
            .Where(pid => pid != 0 && Read(pid, "status").Contains($"\nPPid:\t{parent}\n", StringComparison.Ordinal))
            .Single(pid => Read(pid, "cmdline").Contains("while read -r sign pid", StringComparison.Ordinal));

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/{file}");
        }
        catch (IOException)
        {
            return ""; // Ended meanwhile.
        }
    }

    private static async Task<object?> ExecuteAsync(TinyHost host, string sql)
    {
        await using var connection = new NpgsqlConnection(host.Run.ConnectionStrings["echodb"]);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The tests' own constants.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
