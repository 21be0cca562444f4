using System.Diagnostics;

namespace Contacts.AppHost.Local.Model;

/// <summary>What AppHost.cs can ask of Aspire alone. Here each says so and ends the process.</summary>
internal static class AspireOnly
{
    public static IResourceBuilder<ElasticsearchResource> AddElasticsearch(this IDistributedApplicationBuilder builder, string name) =>
        throw Missing("Elasticsearch runs in a container. Leave out --Elasticsearch (PostgreSQL then searches)");

    public static IResourceBuilder<ElasticsearchResource> WithDataVolume(this IResourceBuilder<ElasticsearchResource> builder) => builder;

    public static IResourceBuilder<ElasticsearchResource> WithLifetime(this IResourceBuilder<ElasticsearchResource> builder, ContainerLifetime lifetime) =>
        builder;

    public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(this IDistributedApplicationBuilder builder, string name) =>
        throw Missing("Publishing is Aspire's");

    public static IResourceBuilder<DockerComposeEnvironmentResource> WithDashboard(this IResourceBuilder<DockerComposeEnvironmentResource> builder) => builder;

    public static IResourceBuilder<KubernetesEnvironmentResource> AddKubernetesEnvironment(this IDistributedApplicationBuilder builder, string name) =>
        throw Missing("Publishing is Aspire's");

    public static IResourceBuilder<KubernetesEnvironmentResource> WithProperties(
        this IResourceBuilder<KubernetesEnvironmentResource> builder,
        Action<KubernetesEnvironmentResource> configure
    )
    {
        configure(builder.Resource);
        return builder;
    }

    /// <summary>Ends the process: whoever starts AppHost reads the sentence, not a stack trace.</summary>
    private static UnreachableException Missing(string what)
    {
        Console.Error.WriteLine($"{what}, or build with Aspire: dotnet run --project AppHost -p:UseAspire=true.");
        Environment.Exit(1);
        return new UnreachableException();
    }
}

internal sealed class ElasticsearchResource(string name) : Resource(name), IResourceWithConnectionString
{
    public string ConnectionString => throw new NotSupportedException();
}

internal sealed class DockerComposeEnvironmentResource(string name) : Resource(name);

internal sealed class KubernetesEnvironmentResource(string name) : Resource(name)
{
    public string DefaultStorageType { get; set; } = "emptyDir";
}
