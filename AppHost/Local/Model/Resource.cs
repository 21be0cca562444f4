namespace Contacts.AppHost.Local.Model;

internal interface IResource
{
    string Name { get; }
}

internal interface IResourceWithConnectionString : IResource
{
    /// <summary>Known once the ports are settled.</summary>
    string ConnectionString { get; }
}

internal interface IResourceWithServiceDiscovery : IResource
{
    IReadOnlyList<EndpointReference> Endpoints { get; }
}

internal abstract class Resource(string name) : IResource
{
    public string Name { get; } = name;

    /// <summary>What must be healthy before this one starts.</summary>
    public List<IResource> WaitsFor { get; } = [];
}
