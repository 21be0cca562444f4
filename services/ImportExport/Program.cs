using Messaging;
using ServiceDefaults;
using ServiceDefaults.Postgres;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPostgres("importexportdb");
builder.AddMessaging("importexport");

var app = builder.Build();
app.UseServiceDefaults();
app.Run();
