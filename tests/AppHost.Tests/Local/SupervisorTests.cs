using System.Collections.Concurrent;
using Contacts.AppHost.Local.Running;
using Contacts.AppHost.Local.Servers;

namespace AppHost.Tests.Local;

public sealed class SupervisorTests
{
    private readonly ConcurrentQueue<string> _events = new();

    [Fact]
    public async Task Parts_start_when_what_they_wait_for_is_healthy_and_stop_in_reverse()
    {
        var database = new FakePart("database", _events);
        var service = new FakePart("service", _events) { WaitsFor = { database } };
        var gateway = new FakePart("gateway", _events) { WaitsFor = { service } };
        await using var supervisor = Supervise(gateway, service, database);

        await supervisor.StartAsync(TimeSpan.FromSeconds(10), default);
        await supervisor.StopAsync();

        Assert.Equal(
            [
                "database starts",
                "database is healthy",
                "service starts",
                "service is healthy",
                "gateway starts",
                "gateway is healthy",
                "gateway stops",
                "service stops",
                "database stops",
            ],
            _events
        );
    }

    [Fact]
    public async Task A_part_that_ends_is_started_again()
    {
        var part = new FakePart("service", _events);
        await using var supervisor = Supervise(part);
        await supervisor.StartAsync(TimeSpan.FromSeconds(10), default);

        part.End(137);
        await Until(() => part.State == PartState.Running && part.Restarts == 1);
        await supervisor.StopAsync();

        Assert.Equal(2, _events.Count(e => e == "service is healthy"));
    }

    [Fact]
    public async Task A_part_that_cannot_start_fails_the_start_with_its_reason()
    {
        var broken = new FakePart("service", _events) { Broken = true };
        var waiting = new FakePart("gateway", _events) { WaitsFor = { broken } };
        await using var supervisor = Supervise(broken, waiting);

        var error = await Assert.ThrowsAsync<ServerStartException>(() => supervisor.StartAsync(TimeSpan.FromSeconds(10), default));
        await supervisor.StopAsync();

        Assert.Equal("service is broken", error.Message);
        Assert.DoesNotContain("gateway starts", _events);
    }

    [Fact]
    public async Task A_start_that_takes_too_long_names_who_is_late()
    {
        var slow = new FakePart("service", _events) { Delay = TimeSpan.FromMinutes(1) };
        await using var supervisor = Supervise(slow);

        var error = await Assert.ThrowsAsync<ServerStartException>(() => supervisor.StartAsync(TimeSpan.FromSeconds(0.2), default));
        await supervisor.StopAsync();

        Assert.Contains("service (Starting)", error.Message, StringComparison.Ordinal);
    }

    private static Supervisor Supervise(params Part[] parts) => new(parts, () => { }, (_, _) => { });

    private static async Task Until(Func<bool> happened)
    {
        for (var i = 0; i < 200 && !happened(); i++)
            await Task.Delay(25);
        Assert.True(happened());
    }

    private sealed class FakePart(string name, ConcurrentQueue<string> events) : Part(name)
    {
        private TaskCompletionSource<int> _end = new();

        public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(50);

        public bool Broken { get; init; }

        public override int Pid => 0;

        public override int Port => 0;

        public override string Url => "";

        public override Task<int> Exited => _end.Task;

        public void End(int code) => _end.TrySetResult(code);

        public override async Task StartAsync(CancellationToken cancel)
        {
            events.Enqueue($"{Name} starts");
            _end = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            await Task.Delay(Delay, cancel);
            if (Broken)
                throw new ServerStartException($"{Name} is broken");
            events.Enqueue($"{Name} is healthy");
        }

        public override Task StopAsync()
        {
            events.Enqueue($"{Name} stops");
            End(0);
            return Task.CompletedTask;
        }

        public override Task KillAsync()
        {
            End(137);
            return Task.CompletedTask;
        }
    }
}
