using System.ComponentModel.DataAnnotations;
using Identity.Members;
using Identity.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using ServiceDefaults.Postgres;
using ServiceDefaults.Problems;

namespace Identity.Workspaces;

/// <param name="Name">1 to 100 characters.</param>
/// <param name="DefaultCountry">ISO 3166-1 alpha-2: phones without a country code are read as this country's.</param>
public sealed record CreateWorkspaceRequest(
    [property: Required, StringLength(100, MinimumLength = 1)] string Name,
    [property: Required, StringLength(2, MinimumLength = 2)] string DefaultCountry
);

internal static class CreateWorkspace
{
    private const int MaxPerPerson = 100;

    /// <summary>Make another workspace; the person who asks becomes its owner.</summary>
    /// <remarks>The session stays where it is: switch with <c>PUT /v1/sessions/current/workspace</c>.</remarks>
    public static async Task<Results<Created<WorkspaceResponse>, ProblemHttpResult>> HandleAsync(
        CreateWorkspaceRequest request,
        Person person,
        NpgsqlDataSource dataSource,
        Database database,
        NewWorkspace newWorkspace,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (string.IsNullOrWhiteSpace(request.Name))
        {
            return Problem.Invalid("name", "name takes 1 to 100 characters.");
        }
        if (!Country.TryParse(request.DefaultCountry, out var country))
        {
            return Problem.Invalid("default_country", Country.Unknown);
        }
        if ((await Membership.OfAsync(dataSource, person.UserId, cancellationToken)).Count >= MaxPerPerson)
        {
            return Problem.Conflict("too-many-workspaces", $"A person can be a member of {MaxPerPerson} workspaces.");
        }
        await using var work = database.Begin(Guid.CreateVersion7(clock.GetUtcNow()));
        await newWorkspace.AddAsync(work, person.Actor, person.UserId, request.Name.Trim(), country, isBootstrap: false, cancellationToken);
        await work.CommitAsync(cancellationToken);
        return TypedResults.Created("/v1/workspace", new WorkspaceResponse(work.WorkspaceId, request.Name.Trim(), country));
    }
}
