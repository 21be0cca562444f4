using Dapper;
using Identity.ApiKeys;
using Identity.Credentials;
using Identity.Members;
using Identity.Sessions;
using Identity.Users;
using Identity.Workspaces;
using Messages;
using Messages.Identity;
using Messaging.Sending;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using ServiceDefaults.Authentication;
using ServiceDefaults.Postgres;

namespace Identity.Bootstrapping;

/// <summary>Makes at start what configuration asks for: one workspace, its owner, its key. Again and again with the same result.</summary>
internal sealed class Bootstrap(IOptions<BootstrapOptions> options, IServiceScopeFactory scopes, ILogger<Bootstrap> logger) : IHostedService
{
    private const string KeyName = "Bootstrap";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { OwnerEmail.Length: > 0, OwnerPassword.Length: > 0 })
        {
            return;
        }
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        await using var work = await BeginAsync(services, cancellationToken);
        await services.GetRequiredService<UsersContext>().JoinAsync(work, cancellationToken);
        // Replicas that start at once.
        await work.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('bootstrap'))", cancellationToken: cancellationToken);

        var owner = await EnsureOwnerAsync(services, work, cancellationToken);
        await EnsureWorkspaceAsync(services, work, owner, cancellationToken);
        await EnsureKeyAsync(services, work, cancellationToken);
        await work.CommitAsync(cancellationToken);
        logger.LogInformation("Workspace {WorkspaceId} is as the configuration asks.", work.WorkspaceId);
    }

    private static async Task<UnitOfWork> BeginAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        var workspaceId = await connection.QuerySingleAsync<Guid?>("SELECT bootstrap_workspace()");
        return services.GetRequiredService<Database>().Begin(workspaceId ?? Guid.CreateVersion7(services.GetRequiredService<TimeProvider>().GetUtcNow()));
    }

    private async Task<User> EnsureOwnerAsync(IServiceProvider services, UnitOfWork work, CancellationToken cancellationToken)
    {
        var users = services.GetRequiredService<UserManager<User>>();
        var (email, password) = (options.Value.OwnerEmail!, options.Value.OwnerPassword!);
        if (await users.FindByEmailAsync(email) is not { } owner)
        {
            owner = User.Create(email, email.Split('@')[0], services.GetRequiredService<TimeProvider>());
            Require(await users.CreateAsync(owner, password));
        }
        else if (!await users.CheckPasswordAsync(owner, password))
        {
            foreach (var rule in users.PasswordValidators)
            {
                Require(await rule.ValidateAsync(users, owner, password));
            }
            owner.PasswordHash = users.PasswordHasher.HashPassword(owner, password);
            Require(await users.UpdateSecurityStampAsync(owner));
            await services.GetRequiredService<PersonSessions>().EndOthersAsync(work, Actor.System, owner.Id, null, cancellationToken);
        }
        return owner;
    }

    private async Task EnsureWorkspaceAsync(IServiceProvider services, UnitOfWork work, User owner, CancellationToken cancellationToken)
    {
        if (!Country.TryParse(options.Value.DefaultCountry, out var country))
        {
            throw new InvalidOperationException("Bootstrap:DefaultCountry takes an ISO 3166-1 alpha-2 code, such as US or DE.");
        }
        if (await work.SingleAsync<bool>("SELECT NOT EXISTS (SELECT FROM workspaces)", cancellationToken: cancellationToken))
        {
            await services
                .GetRequiredService<NewWorkspace>()
                .AddAsync(work, Actor.System, owner.Id, options.Value.WorkspaceName, country, isBootstrap: true, cancellationToken);
            return;
        }
        await work.ExecuteAsync(
            """
            INSERT INTO members (workspace_id, user_id, role, created_at) VALUES (@WorkspaceId, @Id, @role, now())
            ON CONFLICT (workspace_id, user_id) DO UPDATE SET role = EXCLUDED.role WHERE members.role <> EXCLUDED.role
            """,
            new
            {
                work.WorkspaceId,
                owner.Id,
                role = MemberRole.Owner.ToText(),
            },
            cancellationToken
        );
    }

    private async Task EnsureKeyAsync(IServiceProvider services, UnitOfWork work, CancellationToken cancellationToken)
    {
        if (options.Value.ApiKey is not { Length: > 0 } key)
        {
            return;
        }
        if (!ApiKeyFormat.IsWellFormed(key))
        {
            throw new InvalidOperationException("Bootstrap:ApiKey is not a well-formed ck_ key.");
        }
        var hash = CredentialHash.Of(key);
        var former = await work.QueryAsync<Guid>(
            "DELETE FROM api_keys WHERE created_by = @system AND name = @KeyName AND key_hash <> @hash RETURNING id",
            new
            {
                system = Actor.System.Id,
                KeyName,
                hash,
            },
            cancellationToken
        );
        foreach (var id in former)
        {
            services.GetRequiredService<Outbox>().Enqueue(work, Actor.System, new CredentialRevoked(id));
        }
        // One that a person has revoked stays revoked: configuration must not bring a leaked key back to life.
        if (await work.SingleAsync<bool>("SELECT EXISTS (SELECT FROM api_keys WHERE key_hash = @hash)", new { hash }, cancellationToken))
        {
            return;
        }
        var row = new ApiKeyRow
        {
            Id = Guid.CreateVersion7(),
            Name = KeyName,
            Hint = ApiKeyRow.HintOf(key),
            Scopes = [.. Scopes.All],
            CreatedAt = services.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        await row.InsertAsync(work, key, Actor.System.Id, cancellationToken);
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"Bootstrap: {string.Join(" ", result.Errors.Select(error => error.Description))}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
