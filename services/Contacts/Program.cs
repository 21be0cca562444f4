using Contacts.Activity;
using Contacts.Audit;
using Contacts.Batches;
using Contacts.Cards;
using Contacts.CustomFields;
using Contacts.Duplicates;
using Contacts.Functions;
using Contacts.Identities;
using Contacts.MassChanges;
using Contacts.Merges;
using Contacts.OwnNumbers;
using Contacts.Tags;
using Contacts.Workspaces;
using Messages.CommunicationsIngest;
using Messages.Contacts;
using Messages.Identity;
using Messaging;
using ServiceDefaults;
using ServiceDefaults.Api;
using ServiceDefaults.Postgres;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPostgres("contactsdb");
builder.AddMessaging(
    "contacts",
    messaging =>
        messaging
            .Publishes<ContactChanged>()
            .Publishes<ContactDeleted>()
            .Publishes<ContactActivityChanged>()
            .Publishes<ContactMerged>()
            .Publishes<ContactMergeUndone>()
            .Handles<RecordInteractions, InteractionRecorded>()
            .Handles<FindDuplicates, ContactChanged>()
            .Handles<RefreshOwnNumbers, OwnNumberChanged>()
            .Handles<RefreshWorkspace, WorkspaceChanged>()
);
builder.Services.AddSingleton<AuditLog>();
builder.Services.AddSingleton<ContactWriter>();
builder.Services.AddSingleton<MassChangeSignal>();
builder.Services.AddSingleton<MassChange>();
builder.Services.AddHostedService<TellMassChanges>();
builder.Services.AddSingleton<TaggedContacts>();
builder.Services.AddSingleton<FieldContacts>();
builder.Services.AddScoped<NewContact>();
builder.Services.AddScoped<ContactUpdate>();
builder.Services.AddScoped<ContactBatch>();
builder.Services.AddSingleton<ContactMerge>();
builder.Services.AddValidation();
builder.Services.AddOpenApi("v1", ApiDocument.Configure);

var app = builder.Build();
app.UseServiceDefaults();
app.MapOpenApi();
app.MapContacts();
app.MapBatches();
app.MapIdentities();
app.MapMerges();
app.MapDuplicates();
app.MapTags();
app.MapCustomFields();
app.MapFunctions();
app.Run();
