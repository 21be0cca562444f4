using System.Globalization;
using Contacts.AppHost.Local.Model;
using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Running;

internal sealed class PostgresPart(PostgresServerResource resource, PostgresServer server) : Part(resource.Name)
{
    private bool _databasesExist;

    public override int Pid => server.Exited.IsCompleted ? 0 : server.Pid;

    public override int Port => server.Port;

    public override string Url => string.Create(CultureInfo.InvariantCulture, $"localhost:{Port}");

    public override Task<int> Exited => server.Exited;

    public override async Task StartAsync(CancellationToken cancel)
    {
        await server.StartAsync(cancel);
        if (_databasesExist)
            return;

        foreach (var database in resource.Databases)
            await server.CreateDatabaseAsync(database.DatabaseName, cancel);
        _databasesExist = true;
    }

    public override Task StopAsync() => server.StopAsync();

    public override Task KillAsync() => server.KillAsync();
}

internal sealed class RabbitMqPart(RabbitMQServerResource resource, RabbitMqServer server) : Part(resource.Name)
{
    public override int Pid => server.Exited.IsCompleted ? 0 : server.Pid;

    public override int Port => server.Port;

    public override string Url => string.Create(CultureInfo.InvariantCulture, $"localhost:{Port}, management http://localhost:{server.ManagementPort}");

    public override IReadOnlyList<int> Companions => server.MapperPid == 0 ? [] : [server.MapperPid];

    public override Task<int> Exited => server.Exited;

    public override Task StartAsync(CancellationToken cancel) => server.StartAsync(cancel);

    public override Task StopAsync() => server.StopAsync();

    public override Task KillAsync() => server.KillAsync();
}
