namespace Contacts.AppHost.Local.Model;

/// <param name="projectPath">Absolute path of the .csproj.</param>
internal sealed class ProjectResource(string name, string projectPath) : Resource(name), IResourceWithServiceDiscovery
{
    private readonly List<EndpointReference> _endpoints = [];

    public string ProjectPath { get; } = projectPath;

    public IReadOnlyList<EndpointReference> Endpoints => _endpoints;

    /// <summary>Its endpoints are what people outside use.</summary>
    public bool IsExternal { get; set; }

    /// <summary>Null: healthy as soon as it runs.</summary>
    public string? HealthPath { get; set; }

    /// <summary>In the order in which AppHost.cs gives them; the last of a name wins.</summary>
    public List<(string Name, Func<string> Value)> Environment { get; } = [];

    public void Add(EndpointReference endpoint)
    {
        if (_endpoints.Any(other => other.EndpointName == endpoint.EndpointName))
            throw new InvalidOperationException($"'{Name}' already has an endpoint named '{endpoint.EndpointName}'.");
        _endpoints.Add(endpoint);
    }
}
