using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Contacts.AppHost.Local.Servers;

/// <summary>
/// A private RabbitMQ node on 127.0.0.1 with the management plugin, from the system's package, with a port mapper (epmd) of its own: any number of them run
/// side by side, and beside the node that the package itself may run. Disposing stops it; its data stays.
/// </summary>
public sealed class RabbitMqServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private readonly RabbitMqOptions _options;
    private readonly ServerAccount _account;
    private readonly int _distributionPort = FreePort.Take();
    private readonly int _mapperPort = FreePort.Take();
    private ChildProcess? _mapper;
    private ChildProcess? _process;

    private RabbitMqServer(RabbitMqOptions options, ServerAccount account, string password)
    {
        _options = options;
        _account = account;
        Password = password;
        Port = options.Port == 0 ? FreePort.Take() : options.Port;
    }

    /// <summary>AMQP.</summary>
    public int Port { get; }

    public int ManagementPort { get; } = FreePort.Take();

    public string Password { get; }

    /// <summary>The process id of the node's Erlang machine; 0 before the first start.</summary>
    public int Pid => _process?.Pid ?? 0;

    /// <summary>The process id of the node's own port mapper; 0 before the first start.</summary>
    public int MapperPid => _mapper?.Pid ?? 0;

    /// <summary>Completes with the exit code when the node of the latest start ends.</summary>
    public Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    public Uri AmqpUri => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:{Uri.EscapeDataString(Password)}@localhost:{Port}"));

    /// <summary>Of the HTTP API, with credentials in it; queue depths are under api/queues.</summary>
    public Uri ManagementUri => new(string.Create(CultureInfo.InvariantCulture, $"http://guest:{Uri.EscapeDataString(Password)}@localhost:{ManagementPort}/"));

    /// <summary>Starts a node on the data folder. Returns when it accepts AMQP connections.</summary>
    /// <exception cref="ServerStartException">It did not come up in time, or ended; or its package is missing.</exception>
    public static async Task<RabbitMqServer> StartAsync(RabbitMqOptions options, CancellationToken cancel = default)
    {
        var server = Create(options);
        try
        {
            await server.StartAsync(cancel);
            return server;
        }
        catch
        {
            await server.KillAsync();
            throw;
        }
    }

    /// <summary>A node that is not started yet; its ports and password are settled.</summary>
    public static RabbitMqServer Create(RabbitMqOptions options)
    {
        if (!IsInstalled)
            throw new ServerStartException("RabbitMQ is not installed. On Debian or Ubuntu: apt-get install rabbitmq-server");

        var account = ServerAccount.For("rabbitmq");
        account.CreateDirectory(options.DataDirectory);
        return new RabbitMqServer(options, account, Secret.Keep(options.Password, Path.Combine(options.DataDirectory, "password"), account));
    }

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>Starts, or starts again on the same ports and data after a stop or a kill. Returns when it accepts AMQP connections.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_options.StartTimeout);
        try
        {
            WriteFiles();
            if (_mapper is null or { Exited.IsCompleted: true })
                _mapper = ChildProcess.Start(Command("epmd", "-port", Text(_mapperPort), "-address", "127.0.0.1"));
            if (_process is null or { Exited.IsCompleted: true })
                _process = ChildProcess.Start(Command(Program, "-noinput"));

            while (!await AnswersAsync(limit.Token))
            {
                if (_process.Exited.IsCompleted)
                    throw ServerStartException.For("RabbitMQ ended while starting.", _process.LastLines);
                await Task.Delay(50, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw ServerStartException.For($"RabbitMQ did not answer within {_options.StartTimeout.TotalSeconds} s.", _process?.LastLines ?? []);
        }
    }

    /// <summary>Stops in order, the port mapper last; killed after 10 s.</summary>
    public async Task StopAsync()
    {
        if (_process is not null)
            await _process.StopAsync(Signal.Terminate, TimeSpan.FromSeconds(10));
        if (_mapper is not null)
            await _mapper.KillAsync();
    }

    /// <summary>kill -9 for the node and its port mapper.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
            await _process.KillAsync();
        if (_mapper is not null)
            await _mapper.KillAsync();
    }

    public async ValueTask DisposeAsync() => await (_options.Durable ? StopAsync() : KillAsync());

    private string In(string name) => Path.Combine(_options.DataDirectory, name);

    private void WriteFiles()
    {
        _account.WriteFile(
            In("rabbitmq.conf"),
            $"""
            listeners.tcp.1 = 127.0.0.1:{Text(Port)}
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {Text(ManagementPort)}
            default_user = guest
            default_pass = {Password}
            log.console = true
            log.console.level = info
            log.console.use_colors = off
            log.connection.level = error
            log.file = false
            raft.wal_max_size_bytes = 64000000

            """
        );
        _account.WriteFile(In("enabled_plugins"), "[rabbitmq_management].\n");
        if (!File.Exists(In(".erlang.cookie")))
            _account.WriteFile(In(".erlang.cookie"), RandomNumberGenerator.GetHexString(32));
    }

    private Command Command(string program, params IReadOnlyList<string> arguments) =>
        new(program, arguments)
        {
            Account = _account,
            WorkingDirectory = _options.DataDirectory,
            Output = _options.Output,
            Environment = new Dictionary<string, string?>
            {
                ["HOME"] = _options.DataDirectory,
                ["LANG"] = "C.UTF-8",
                ["RABBITMQ_NODENAME"] = "contacts@localhost", // Names the folder of the data: it must not change with the ports.
                ["RABBITMQ_MNESIA_BASE"] = In("mnesia"),
                ["RABBITMQ_LOG_BASE"] = In("log"),
                ["RABBITMQ_CONFIG_FILE"] = In("rabbitmq.conf"),
                ["RABBITMQ_ADVANCED_CONFIG_FILE"] = In("advanced.config"),
                ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null", // The package's own would point back to the package's node.
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = In("enabled_plugins"),
                ["RABBITMQ_PID_FILE"] = In("pid"),
                ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
                ["ERL_EPMD_PORT"] = Text(_mapperPort),
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_ALLOW_INPUT"] = "true", // The start script becomes the node itself, instead of a shell that waits for it.
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+sbwt none +sbwtdcpu none +sbwtdio none", // No busy waiting: the services need the cores.
            },
        };

    /// <summary>A node that greets (Connection.Start) has finished booting; a port that merely accepts has not.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", Port, cancel);
            var stream = client.GetStream();
            await stream.WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), cancel);
            var frame = new byte[1];
            return await stream.ReadAsync(frame, cancel) == 1 && frame[0] == 1;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
