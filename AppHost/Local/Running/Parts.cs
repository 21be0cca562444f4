using Contacts.AppHost.Local.Model;
using Contacts.AppHost.Local.Servers;

namespace Contacts.AppHost.Local.Running;

/// <summary>Makes the parts of a run from the resources of AppHost.cs; settles every port and secret.</summary>
internal static class Parts
{
    /// <param name="log">Called with a part's name; returns where its lines go.</param>
    public static IReadOnlyList<Part> For(IReadOnlyList<IResource> resources, DataFolder data, Func<string, Action<string>> log)
    {
        var parts = new Dictionary<IResource, Part>();
        foreach (var resource in resources.OfType<PostgresServerResource>())
        {
            var folder = data.ForServer(resource.Name, ServerAccount.For("postgres"));
            resource.Server = PostgresServer.Create(new PostgresOptions(folder) { Output = log(resource.Name) });
            var part = new PostgresPart(resource, resource.Server);
            parts.Add(resource, part);
            foreach (var database in resource.Databases)
                parts.Add(database, part);
        }

        foreach (var resource in resources.OfType<RabbitMQServerResource>())
        {
            var folder = data.ForServer(resource.Name, ServerAccount.For("rabbitmq"));
            resource.Server = RabbitMqServer.Create(new RabbitMqOptions(folder) { Output = log(resource.Name) });
            parts.Add(resource, new RabbitMqPart(resource, resource.Server));
        }

        var own = ProjectEnvironment.Own();
        foreach (var project in resources.OfType<ProjectResource>())
            parts.Add(project, new ProjectPart(project, Program(project), ProjectEnvironment.For(project, own), log(project.Name)));

        foreach (var (resource, part) in parts)
        {
            if (resource is Resource waiting)
                part.WaitsFor.AddRange(waiting.WaitsFor.Select(other => parts[other]).Distinct());
        }

        return [.. parts.Values.Distinct()];
    }

    /// <summary>Beside our own: artifacts/bin/(project)/(configuration)/(project).dll.</summary>
    private static string Program(ProjectResource project)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var name = Path.GetFileNameWithoutExtension(project.ProjectPath);
        return Path.Combine(own.Parent!.Parent!.FullName, name, own.Name, name + ".dll");
    }
}
