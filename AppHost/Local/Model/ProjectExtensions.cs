namespace Contacts.AppHost.Local.Model;

internal static class ProjectExtensions
{
    /// <param name="launchProfileName">Launch profiles are an editor's business; there is none here.</param>
    public static IResourceBuilder<ProjectResource> AddProject(
        this IDistributedApplicationBuilder builder,
        string name,
        string projectPath,
        string? launchProfileName
    ) =>
        launchProfileName is null
            ? builder.AddResource(new ProjectResource(name, Path.GetFullPath(projectPath, builder.AppHostDirectory)))
            : throw new NotSupportedException("The Local builder knows no launch profiles.");

    public static IResourceBuilder<ProjectResource> WithHttpEndpoint(this IResourceBuilder<ProjectResource> builder, int? port = null, string? name = null)
    {
        builder.Resource.Add(new EndpointReference(name ?? "http", port));
        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithExternalHttpEndpoints(this IResourceBuilder<ProjectResource> builder)
    {
        builder.Resource.IsExternal = true;
        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithHttpHealthCheck(this IResourceBuilder<ProjectResource> builder, string? path = null)
    {
        builder.Resource.HealthPath = path ?? "/";
        return builder;
    }

    public static EndpointReference GetEndpoint(this IResourceBuilder<ProjectResource> builder, string name) =>
        builder.Resource.Endpoints.FirstOrDefault(endpoint => endpoint.EndpointName == name)
        ?? throw new InvalidOperationException($"'{builder.Resource.Name}' has no endpoint named '{name}'.");

    public static IResourceBuilder<ProjectResource> WaitFor(this IResourceBuilder<ProjectResource> builder, IResourceBuilder<IResource> dependency)
    {
        builder.Resource.WaitsFor.Add(dependency.Resource);
        return builder;
    }

    /// <summary><c>ConnectionStrings__name</c>.</summary>
    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> builder,
        IResourceBuilder<IResourceWithConnectionString> source
    )
    {
        builder.Resource.Environment.Add(($"ConnectionStrings__{source.Resource.Name}", () => source.Resource.ConnectionString));
        return builder;
    }

    /// <summary><c>services__name__http__0</c>, for service discovery.</summary>
    public static IResourceBuilder<ProjectResource> WithReference(
        this IResourceBuilder<ProjectResource> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source
    )
    {
        foreach (var endpoint in source.Resource.Endpoints)
            builder.Resource.Environment.Add(($"services__{source.Resource.Name}__{endpoint.EndpointName}__0", () => endpoint.Url));
        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithEnvironment(this IResourceBuilder<ProjectResource> builder, string name, string? value)
    {
        builder.Resource.Environment.Add((name, () => value ?? ""));
        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> builder,
        string name,
        EndpointReference endpointReference
    )
    {
        builder.Resource.Environment.Add((name, () => endpointReference.Url));
        return builder;
    }

    public static IResourceBuilder<ProjectResource> WithEnvironment(
        this IResourceBuilder<ProjectResource> builder,
        string name,
        IResourceBuilder<ParameterResource> parameter
    )
    {
        builder.Resource.Environment.Add((name, () => parameter.Resource.Value));
        return builder;
    }
}
