using Messaging;
using ServiceDefaults;
using ServiceDefaults.Postgres;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPostgres("crmsyncdb");
builder.AddMessaging("crmsync");

var app = builder.Build();
app.UseServiceDefaults();
app.Run();
