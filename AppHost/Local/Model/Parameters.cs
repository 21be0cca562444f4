namespace Contacts.AppHost.Local.Model;

internal sealed class ParameterResource(string name, Func<string> value) : IResource
{
    private readonly Lazy<string> _value = new(value);

    public string Name { get; } = name;

    public string Value => _value.Value;
}

internal abstract class ParameterDefault
{
    public abstract string GetDefaultValue();

    public abstract void WriteToManifest(ManifestPublishingContext context);
}

/// <summary>Exists so that a <see cref="ParameterDefault"/> compiles in both builds; nothing is published here.</summary>
internal sealed class ManifestPublishingContext;

internal static class ParameterExtensions
{
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(
            new ParameterResource(
                name,
                () =>
                    Configured(builder, name)
                    ?? throw new InvalidOperationException(
                        $"Parameter '{name}' has no value. Give it as --Parameters:{name}=… or in the environment as Parameters__{name}."
                    )
            )
        );

    /// <param name="persist">Keeps what was made in the data folder, for the next runs.</param>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder,
        string name,
        ParameterDefault value,
        bool secret = false,
        bool persist = false
    ) =>
        builder.AddResource(
            new ParameterResource(
                name,
                () => Configured(builder, name) ?? (persist ? builder.Data.KeptParameter(name, value.GetDefaultValue) : value.GetDefaultValue())
            )
        );

    private static string? Configured(IDistributedApplicationBuilder builder, string name) =>
        builder.Configuration[$"Parameters:{name}"] is { Length: > 0 } value ? value : null;
}
