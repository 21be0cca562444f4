// An AppHost for the AppHost's tests: the real Local builder under a topology that starts quickly.
using Contacts.AppHost.Local.Model;
using Microsoft.Extensions.Configuration;

var builder = DistributedApplication.CreateBuilder(args);
var database = builder.AddPostgres("postgres").AddDatabase("echodb");
var echo = builder
    .AddProject("echo", "../tests/EchoService/EchoService.csproj", launchProfileName: null)
    .WithHttpEndpoint(port: 18080)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck(builder.Configuration["HealthPath"] ?? "/health")
    .WithReference(database)
    .WaitFor(database);
if (builder.Configuration.GetValue("Messaging", false))
{
    var messaging = builder.AddRabbitMQ("messaging");
    echo.WithReference(messaging).WaitFor(messaging);
}

await builder.Build().RunAsync();
