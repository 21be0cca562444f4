using Contacts.AppHost;
using Identity.ApiKeys;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
var demo = builder.Configuration.GetValue("Demo", builder.ExecutionContext.IsRunMode);

if (builder.ExecutionContext.IsPublishMode)
{
    if (builder.Configuration["Target"] == "kubernetes")
        builder.AddKubernetesEnvironment("k8s").WithProperties(k8s => k8s.DefaultStorageType = "pvc");
    else
        builder.AddDockerComposeEnvironment("compose").WithDashboard();
}

var postgres = builder.AddPostgres("postgres").WithDataVolume().WithLifetime(ContainerLifetime.Persistent);
var messaging = builder.AddRabbitMQ("messaging").WithManagementPlugin().WithDataVolume().WithLifetime(ContainerLifetime.Persistent);

var twilioAccountSid = Secret("twilioaccountsid", Generated.TwilioAccountSid);
var twilioAuthToken = Secret("twilioauthtoken", Generated.TwilioAuthToken);

var port = builder.Configuration.GetValue("Gateway:Port", 8080);
var gateway = builder
    .AddProject("gateway", "../gateway/Gateway.csproj", launchProfileName: null)
    .WithHttpEndpoint(port: port == 0 ? null : port)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(messaging)
    .WaitFor(messaging);
if (builder.Configuration["RateLimits:RequestsPerMinute"] is { Length: > 0 } limit)
    gateway.WithEnvironment("RateLimits__RequestsPerMinute", limit);

var identity = WithMessaging(WithDatabase(Service("identity", "../services/Identity/Identity.csproj"), "identitydb"));

var contacts = WithMessaging(WithDatabase(Service("contacts", "../services/Contacts/Contacts.csproj"), "contactsdb"))
    .WithEnvironment("Erasure__Key", Secret("erasurekey", Generated.ErasureKey));

var communications = WithMessaging(WithDatabase(Service("communications", "../services/CommunicationsIngest/CommunicationsIngest.csproj"), "communicationsdb"))
    .WithEnvironment("Twilio__AccountSid", twilioAccountSid)
    .WithEnvironment("Twilio__AuthToken", twilioAuthToken);
WithPublicUrl(communications);
if (builder.Configuration["Blobs:Path"] is { Length: > 0 } blobs)
    communications.WithEnvironment("Blobs__Path", blobs);

var search = WithMessaging(WithDatabase(Service("search", "../services/SearchIndexer/SearchIndexer.csproj"), "searchdb"));
if (builder.Configuration.GetValue("Elasticsearch", false))
{
    var elasticsearch = builder.AddElasticsearch("elasticsearch").WithDataVolume().WithLifetime(ContainerLifetime.Persistent);
    search.WithReference(elasticsearch).WaitFor(elasticsearch);
}

var importExport = WithMessaging(WithDatabase(Service("importexport", "../services/ImportExport/ImportExport.csproj"), "importexportdb"));

var crmSync = WithMessaging(WithDatabase(Service("crmsync", "../services/CrmSync/CrmSync.csproj"), "crmsyncdb"));

var agentTools = Service("agenttools", "../services/AgentTools/AgentTools.csproj").WithReference(contacts).WithReference(communications).WithReference(search);

var web = WithMessaging(WithDatabase(Service("web", "../services/Web/Web.csproj"), "webdb")).WithReference(gateway);
WithPublicUrl(web);

gateway.WithReference(identity).WaitFor(identity);
foreach (var service in new[] { contacts, communications, search, importExport, crmSync, agentTools, web })
{
    service.WithReference(identity); // Which publishes the keys that verify the gateway's internal tokens.
    gateway.WithReference(service).WaitFor(service);
}

if (demo)
{
    var apiKey = Secret("demoapikey", ApiKeyFormat.Create);
    identity
        .WithEnvironment("Bootstrap__WorkspaceName", "Demo")
        .WithEnvironment("Bootstrap__OwnerEmail", "owner@demo.example")
        .WithEnvironment("Bootstrap__OwnerPassword", Secret("demopassword", Generated.Password))
        .WithEnvironment("Bootstrap__ApiKey", apiKey);

    var twilio = builder
        .AddProject("twilio", "../tests/Simulators/Twilio/Twilio.csproj", launchProfileName: null)
        .WithHttpEndpoint()
        .WithHttpHealthCheck("/health")
        .WithEnvironment("Twilio__AccountSid", twilioAccountSid)
        .WithEnvironment("Twilio__AuthToken", twilioAuthToken)
        .WithEnvironment("Demo__ApiKey", apiKey)
        .WithEnvironment("Demo__Seed", builder.Configuration.GetValue("Demo:Seed", true).ToString())
        .WaitFor(gateway);
    WithPublicUrl(twilio);
    communications.WithEnvironment("Twilio__BaseUrl", twilio.GetEndpoint("http"));
}

await builder.Build().RunAsync();

IResourceBuilder<ProjectResource> Service(string name, string project) =>
    builder.AddProject(name, project, launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health");

IResourceBuilder<ProjectResource> WithDatabase(IResourceBuilder<ProjectResource> service, string name)
{
    var database = postgres.AddDatabase(name);
    return service.WithReference(database).WaitFor(database);
}

IResourceBuilder<ProjectResource> WithMessaging(IResourceBuilder<ProjectResource> service) => service.WithReference(messaging).WaitFor(messaging);

// Where callers outside reach the gateway: its own endpoint, or the domain that it is deployed behind.
IResourceBuilder<ProjectResource> WithPublicUrl(IResourceBuilder<ProjectResource> service) =>
    builder.Configuration["PublicUrl"] is { Length: > 0 } url
        ? service.WithEnvironment("PublicUrl", url)
        : service.WithEnvironment("PublicUrl", gateway.GetEndpoint("http"));

// Configuration (Parameters:name) decides; in demo mode what it leaves open is made once and kept.
IResourceBuilder<ParameterResource> Secret(string name, Func<string> make) =>
    demo ? builder.AddParameter(name, new Generated(make), secret: true, persist: true) : builder.AddParameter(name, secret: true);
