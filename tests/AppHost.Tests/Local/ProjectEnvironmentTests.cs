using System.Globalization;
using Contacts.AppHost.Local.Model;
using Contacts.AppHost.Local.Running;

namespace AppHost.Tests.Local;

public sealed class ProjectEnvironmentTests
{
    [Fact]
    public void A_project_gets_exactly_what_Aspire_injects()
    {
        using var folder = new TemporaryFolder();
        var builder = Builder(folder, "--Parameters:token=s3cret");
        var database = builder.AddPostgres("postgres").AddDatabase("contactsdb");
        var messaging = builder.AddRabbitMQ("messaging");
        var identity = builder.AddProject("identity", "Identity.csproj", launchProfileName: null).WithHttpEndpoint();
        var gateway = builder.AddProject("gateway", "Gateway.csproj", launchProfileName: null).WithHttpEndpoint(port: 18500);
        var contacts = builder
            .AddProject("contacts", "Contacts.csproj", launchProfileName: null)
            .WithHttpEndpoint()
            .WithReference(database)
            .WithReference(messaging)
            .WithReference(identity)
            .WithEnvironment("PublicUrl", gateway.GetEndpoint("http"))
            .WithEnvironment("Twilio__AuthToken", builder.AddParameter("token", secret: true))
            .WithEnvironment("Bootstrap__WorkspaceName", "Demo");
        _ = Parts.For(builder.Resources, builder.Data, _ => _ => { });

        var environment = ProjectEnvironment.For(contacts.Resource, new Dictionary<string, string>());

        var postgres = database.Resource.Parent.Server!;
        var rabbit = messaging.Resource.Server!;
        Assert.Equal(
            new SortedDictionary<string, string>
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = Localhost(contacts),
                ["Bootstrap__WorkspaceName"] = "Demo",
                ["ConnectionStrings__contactsdb"] =
                    $"Host=localhost;Port={Text(postgres.Port)};Username=postgres;Password={postgres.Password};Database=contactsdb",
                ["ConnectionStrings__messaging"] = $"amqp://guest:{rabbit.Password}@localhost:{Text(rabbit.Port)}",
                ["PublicUrl"] = Localhost(gateway),
                ["Twilio__AuthToken"] = "s3cret",
                ["services__identity__http__0"] = Localhost(identity),
            },
            new SortedDictionary<string, string>(environment.ToDictionary())
        );
    }

    [Fact]
    public void Telemetry_is_named_after_the_project_only_where_there_is_a_collector()
    {
        using var folder = new TemporaryFolder();
        var project = Builder(folder).AddProject("contacts", "Contacts.csproj", launchProfileName: null).WithHttpEndpoint().Resource;

        var with = ProjectEnvironment.For(project, new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4317" });

        Assert.Equal("contacts", with["OTEL_SERVICE_NAME"]);
        Assert.Equal("http://collector:4317", with["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        Assert.Equal("grpc", with["OTEL_EXPORTER_OTLP_PROTOCOL"]);
        Assert.StartsWith("service.instance.id=", with["OTEL_RESOURCE_ATTRIBUTES"], StringComparison.Ordinal);
        Assert.DoesNotContain("OTEL_SERVICE_NAME", ProjectEnvironment.For(project, new Dictionary<string, string>()).Keys);
    }

    [Fact]
    public void A_generated_parameter_is_made_once_and_configuration_decides_over_it()
    {
        using var folder = new TemporaryFolder();
        var first = Builder(folder).AddParameter("password", new Made("one"), secret: true, persist: true).Resource.Value;
        var second = Builder(folder).AddParameter("password", new Made("two"), secret: true, persist: true).Resource.Value;
        var given = Builder(folder, "--Parameters:password=mine").AddParameter("password", new Made("three"), secret: true, persist: true).Resource.Value;

        Assert.Equal(("one", "one", "mine"), (first, second, given));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["parameters.json"]));
    }

    [Fact]
    public void A_parameter_without_a_value_says_how_to_give_it()
    {
        using var folder = new TemporaryFolder();
        var parameter = Builder(folder).AddParameter("token", secret: true).Resource;

        var error = Assert.Throws<InvalidOperationException>(() => parameter.Value);

        Assert.Contains("Parameters__token", error.Message, StringComparison.Ordinal);
    }

    private static DistributedApplicationBuilder Builder(TemporaryFolder folder, params string[] settings) =>
        new(new RunOptions(folder.Path, folder.Path, TimeSpan.FromSeconds(60), Verbose: false, settings));

    private static string Localhost(IResourceBuilder<ProjectResource> project) => $"http://localhost:{Text(project.GetEndpoint("http").Port)}";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Made(string value) : ParameterDefault
    {
        public override string GetDefaultValue() => value;

        public override void WriteToManifest(ManifestPublishingContext context) => throw new NotSupportedException();
    }
}
