using Contacts.AppHost.Local.Running;

namespace Contacts.AppHost.Local.Model;

internal interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <summary>Project paths are relative to it.</summary>
    string AppHostDirectory { get; }

    DataFolder Data { get; }

    IReadOnlyList<IResource> Resources { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}

/// <param name="IsPublishMode">Aspire's tools ask for it with <c>--operation publish</c>.</param>
internal sealed record DistributedApplicationExecutionContext(bool IsPublishMode)
{
    public bool IsRunMode => !IsPublishMode;
}

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly List<IResource> _resources = [];
    private readonly RunOptions _options;

    public DistributedApplicationBuilder(RunOptions options)
    {
        _options = options;
        Data = new DataFolder(options.DataDirectory);
        // What a run writes stays together; under Aspire the setting's own default holds.
        Configuration["Blobs:Path"] = Path.Combine(options.DataDirectory, "blobs");
        Configuration.AddEnvironmentVariables().AddCommandLine([.. options.Settings]);
        ExecutionContext = new DistributedApplicationExecutionContext(Configuration["operation"] == "publish");
    }

    public ConfigurationManager Configuration { get; } = new();

    public DistributedApplicationExecutionContext ExecutionContext { get; }

    public string AppHostDirectory => _options.AppHostDirectory;

    public DataFolder Data { get; }

    public IReadOnlyList<IResource> Resources => _resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (_resources.Any(other => other.Name == resource.Name))
            throw new InvalidOperationException($"There are two resources named '{resource.Name}'.");

        _resources.Add(resource);
        return new ResourceBuilder<T>(this, resource);
    }

    public DistributedApplication Build() => new(_options, Data, _resources);
}
