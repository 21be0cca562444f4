using Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NotesService;
using ServiceDefaults;
using ServiceDefaults.Postgres;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPostgres("notesdb");
builder.AddMessaging("notes");
builder.Services.AddValidation();
var app = builder.Build();
app.UseServiceDefaults();
app.MapNotes();
app.Run();
