// A service for the AppHost's tests: tells its environment, ends when told.
var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health", () => "Healthy");
app.MapGet("/environment", () => Environment.GetEnvironmentVariables());
app.MapPost("/end", () => Environment.FailFast("told to end"));
app.Run();
