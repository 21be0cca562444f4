using Messages.Contacts;
using Messaging;
using SearchIndexer.Contacts;
using SearchIndexer.Engines;
using SearchIndexer.Indexing;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPostgres("searchdb");
builder.AddMessaging(
    "search",
    m =>
        m.Handles<IndexContacts, ContactChanged>()
            .Handles<RemoveDeletedContacts, ContactDeleted>()
            .Handles<RemoveAbsorbedContacts, ContactMerged>()
            .Handles<IndexActivity, ContactActivityChanged>()
);
builder.Services.AddSingleton<ISearchEngine, PostgresSearchEngine>();
builder.Services.AddValidation();
builder.Services.AddOpenApi("v1", ApiDocument.Configure);

var app = builder.Build();
app.UseServiceDefaults();
app.MapOpenApi();
app.MapApi("/v1/contacts", "Contacts").MapSearchContacts();
app.Run();
