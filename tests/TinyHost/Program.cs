// An AppHost for the AppHost's tests: the real Local builder under a topology that starts quickly.
using Contacts.AppHost.Local.Model;

var builder = DistributedApplication.CreateBuilder(args);
var database = builder.AddPostgres("postgres").AddDatabase("echodb");
var messaging = builder.AddRabbitMQ("messaging");
builder
    .AddProject("echo", "../tests/EchoService/EchoService.csproj", launchProfileName: null)
    .WithHttpEndpoint(port: 18080)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck(args.Contains("--broken") ? "/nowhere" : "/health")
    .WithReference(database)
    .WaitFor(database)
    .WithReference(messaging)
    .WaitFor(messaging);
await builder.Build().RunAsync();
