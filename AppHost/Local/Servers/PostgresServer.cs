using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Contacts.AppHost.Local.Servers;

/// <summary>
/// A private PostgreSQL cluster on 127.0.0.1 from the newest server under /usr/lib/postgresql. It never touches the cluster that the package itself may run.
/// Disposing stops it; its data stays.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly ServerAccount _account;
    private readonly string _programs;
    private ChildProcess? _process;

    private PostgresServer(PostgresOptions options, ServerAccount account, string programs, string password)
    {
        _options = options;
        _account = account;
        _programs = programs;
        Password = password;
        Port = options.Port == 0 ? FreePort.Take() : options.Port;
    }

    public int Port { get; }

    public string Password { get; }

    /// <summary>The process id of the postmaster; 0 before the first start.</summary>
    public int Pid => _process?.Pid ?? 0;

    /// <summary>Completes with the exit code when the server of the latest start ends.</summary>
    public Task<int> Exited => _process?.Exited ?? Task.FromResult(0);

    private string Cluster => Path.Combine(_options.DataDirectory, "cluster");

    /// <summary>Starts a server on the data folder, which is made a cluster first when it is none. Returns when it answers.</summary>
    /// <exception cref="ServerStartException">It did not come up in time, or ended; or its package is missing.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresOptions options, CancellationToken cancel = default)
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

    /// <summary>A server that is not started yet; its port and password are settled.</summary>
    public static PostgresServer Create(PostgresOptions options)
    {
        var programs = FindPrograms() ?? throw new ServerStartException("PostgreSQL is not installed. On Debian or Ubuntu: apt-get install postgresql");
        var account = ServerAccount.For("postgres");
        account.CreateDirectory(options.DataDirectory);
        var password = Secret.Keep(options.Password, Path.Combine(options.DataDirectory, "password"), account);
        return new PostgresServer(options, account, programs, password);
    }

    /// <summary>The folder of initdb and postgres of the newest installed version; null when there is none.</summary>
    public static string? FindPrograms() =>
        !Directory.Exists("/usr/lib/postgresql")
            ? null
            : Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(path => double.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(path => Path.Combine(path, "bin"))
                .FirstOrDefault(path => File.Exists(Path.Combine(path, "postgres")));

    /// <summary>Npgsql's format, the same keys as Aspire's.</summary>
    public string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=localhost;Port={Port};Username=postgres;Password={Password};Database={database}");

    /// <summary>Starts, or starts again on the same port and data after a stop or a kill. Returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_options.StartTimeout);
        try
        {
            if (!File.Exists(Path.Combine(Cluster, "PG_VERSION")))
                await InitialiseAsync(limit.Token);

            while (!await TryStartAsync(limit.Token))
            {
                // The processes of a killed server need a moment to see that their parent is gone.
                await Task.Delay(200, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw ServerStartException.For($"PostgreSQL did not answer within {_options.StartTimeout.TotalSeconds} s.", _process?.LastLines ?? []);
        }
    }

    /// <summary>Makes the database unless it is there.</summary>
    public async Task CreateDatabaseAsync(string name, CancellationToken cancel = default)
    {
        await using var connection = await ConnectAsync(cancel);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = name } } };
        if (await exists.ExecuteScalarAsync(cancel) is not null)
            return;

        var quoted = '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
#pragma warning disable CA2100 // A database's name cannot be a parameter; it is quoted above.
        await using var create = new NpgsqlCommand($"create database {quoted}", connection);
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Ends every session and stops in order; killed after 10 s.</summary>
    public Task StopAsync() => _process?.StopAsync(Signal.Interrupt, TimeSpan.FromSeconds(10)) ?? Task.CompletedTask;

    /// <summary>kill -9 for the postmaster; its children follow it.</summary>
    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.StopAsync(_options.Durable ? Signal.Interrupt : Signal.Quit, TimeSpan.FromSeconds(10));
    }

    private async Task InitialiseAsync(CancellationToken cancel)
    {
        var passwordFile = Path.Combine(_options.DataDirectory, "initial-password");
        _account.WriteFile(passwordFile, Password);

        // A draft that becomes the cluster when it is complete: a kill in between leaves nothing half made.
        var draft = Cluster + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        await using var initdb = ChildProcess.Start(
            new Command(
                Path.Combine(_programs, "initdb"),
                [
                    "-D",
                    draft,
                    "-U",
                    "postgres",
                    "-E",
                    "UTF8",
                    "--locale=C.UTF-8",
                    "-A",
                    "scram-sha-256",
                    $"--pwfile={passwordFile}",
                    .. _options.Durable ? Array.Empty<string>() : ["--no-sync"],
                ]
            )
            {
                Account = _account,
                WorkingDirectory = _options.DataDirectory,
            }
        );
        if (await initdb.Exited.WaitAsync(cancel) != 0)
            throw ServerStartException.For("PostgreSQL's cluster could not be made.", initdb.LastLines);

        File.Delete(passwordFile);
        Directory.Move(draft, Cluster);
    }

    /// <summary>False when the remains of a killed predecessor are still in the way.</summary>
    private async Task<bool> TryStartAsync(CancellationToken cancel)
    {
        if (_process is { Exited.IsCompleted: false })
            return true;

        _process = ChildProcess.Start(
            new Command(Path.Combine(_programs, "postgres"), ["-D", Cluster, .. Settings().SelectMany(setting => (string[])["-c", setting])])
            {
                Account = _account,
                WorkingDirectory = _options.DataDirectory,
                Output = _options.Output,
            }
        );
        while (!_process.Exited.IsCompleted)
        {
            try
            {
                await using var connection = await ConnectAsync(cancel);
                return true;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new ServerStartException($"The cluster in '{Cluster}' was made with another password.", e);
            }
            catch (NpgsqlException)
            {
                await Task.Delay(25, cancel); // Not listening yet, or still recovering.
            }
        }

        if (
            _process.LastLines.Any(line =>
                line.Contains("is still in use", StringComparison.Ordinal) || line.Contains("postmaster.pid", StringComparison.Ordinal)
            )
        )
            return false;
        throw ServerStartException.For("PostgreSQL ended while starting.", _process.LastLines);
    }

    /// <summary>For one machine that runs everything: many small pools, fast disks.</summary>
    private IEnumerable<string> Settings()
    {
        yield return "listen_addresses=127.0.0.1";
        yield return string.Create(CultureInfo.InvariantCulture, $"port={Port}");
        yield return "unix_socket_directories="; // A socket's path is limited to 107 bytes; the data folder may be deeper.
        yield return "max_connections=300";
        yield return "shared_buffers=256MB";
        yield return "work_mem=16MB";
        yield return "maintenance_work_mem=128MB";
        yield return "max_wal_size=4GB";
        yield return "checkpoint_timeout=15min";
        yield return "wal_compression=on";
        yield return "random_page_cost=1.1";
        yield return "jit=off"; // Compiling costs more than our short queries take.
        yield return "timezone=UTC";
        yield return "log_timezone=UTC";
        yield return "log_checkpoints=off";
        yield return "log_line_prefix=%m [%p] %q%d ";
        if (_options.Durable)
            yield break;

        yield return "fsync=off";
        yield return "full_page_writes=off";
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
