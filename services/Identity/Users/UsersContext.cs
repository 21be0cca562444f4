using Microsoft.EntityFrameworkCore;
using ServiceDefaults.Postgres;

namespace Identity.Users;

/// <summary>The store of ASP.NET Core Identity, and nothing else; the schema is in Migrations, as everywhere.</summary>
internal sealed class UsersContext(DbContextOptions<UsersContext> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    /// <summary>From now on works on the unit of work's connection, inside its transaction: both commit together.</summary>
    public async Task JoinAsync(UnitOfWork work, CancellationToken cancellationToken)
    {
        Database.SetDbConnection(await work.ConnectionAsync(cancellationToken));
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Never;
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var user = modelBuilder.Entity<User>().ToTable("users");
        user.Property(u => u.Id).HasColumnName("id").ValueGeneratedNever();
        user.Property(u => u.Name).HasColumnName("name");
        user.Property(u => u.Email).HasColumnName("email");
        user.Property(u => u.NormalizedEmail).HasColumnName("normalized_email");
        user.Property(u => u.UserName).HasColumnName("user_name");
        user.Property(u => u.NormalizedUserName).HasColumnName("normalized_user_name");
        user.Property(u => u.PasswordHash).HasColumnName("password_hash");
        user.Property(u => u.SecurityStamp).HasColumnName("security_stamp");
        user.Property(u => u.ConcurrencyStamp).HasColumnName("concurrency_stamp").IsConcurrencyToken();
        user.Property(u => u.LockoutEnd).HasColumnName("lockout_end");
        user.Property(u => u.LockoutEnabled).HasColumnName("lockout_enabled");
        user.Property(u => u.AccessFailedCount).HasColumnName("access_failed_count");
        user.Property(u => u.CreatedAt).HasColumnName("created_at");
        user.Ignore(u => u.EmailConfirmed);
        user.Ignore(u => u.PhoneNumber);
        user.Ignore(u => u.PhoneNumberConfirmed);
        user.Ignore(u => u.TwoFactorEnabled);
    }
}
