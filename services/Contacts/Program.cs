using Contacts.Activity;
using Contacts.Audit;
using Contacts.Avatars;
using Contacts.Batches;
using Contacts.Captures;
using Contacts.Cards;
using Contacts.Consent;
using Contacts.CustomFields;
using Contacts.Duplicates;
using Contacts.Erasures;
using Contacts.Exports;
using Contacts.Functions;
using Contacts.History;
using Contacts.Identities;
using Contacts.MassChanges;
using Contacts.Merges;
using Contacts.Notes;
using Contacts.OwnNumbers;
using Contacts.Suggestions;
using Contacts.Tags;
using Contacts.Workspaces;
using Messages;
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
            .Publishes<ContactErased>()
            .Publishes<ContactActivityChanged>()
            .Publishes<IdentityClaimed>()
            .Publishes<ContactMerged>()
            .Publishes<ContactMergeUndone>()
            .Handles<RecordInteractions, InteractionRecorded>()
            .Handles<TakeCapturedDetails, DetailsCaptured>()
            .Handles<FollowConsent, ConsentChanged>()
            .Handles<FindDuplicates, ContactChanged>()
            .Handles<CompareClaimants, IdentityClaimed>()
            .Handles<RefreshOwnNumbers, OwnNumberChanged>()
            .Handles<RefreshWorkspace, WorkspaceChanged>()
            .Handles<CompleteErasures, ConversationsErased>()
            .Handles<KeepAudit, AuditRecorded>()
);
builder.Services.AddSingleton<AuditLog>();
builder.Services.AddSingleton<ContactWriter>();
builder.Services.AddSingleton<MassChangeSignal>();
builder.Services.AddSingleton<MassChange>();
builder.Services.AddHostedService<TellMassChanges>();
builder.Services.AddSingleton<TaggedContacts>();
builder.Services.AddSingleton<FieldContacts>();
builder.Services.AddSingleton(_ => new PictureReader());
builder.Services.AddScoped<NewContact>();
builder.Services.AddScoped<ContactUpdate>();
builder.Services.AddScoped<ContactBatch>();
builder.Services.AddSingleton<CaptureIntake>();
builder.Services.AddScoped<Decisions>();
builder.Services.ForgetHourly("captures that wait", "SELECT forget_waiting_captures($1)");
builder.Services.AddSingleton<ContactMerge>();
builder.Services.AddSingleton<DuplicateSearch>();
builder.Services.AddSingleton<ContactRemoval>();
builder.AddErasures();
builder.Services.AddValidation();
builder.Services.AddOpenApi("v1", ApiDocument.Configure);

var app = builder.Build();
app.UseServiceDefaults();
app.MapOpenApi();
app.MapContacts();
app.MapAvatars();
app.MapBatches();
app.MapIdentities();
app.MapHistory();
app.MapNotes();
app.MapCaptures();
app.MapSuggestions();
app.MapMerges();
app.MapDuplicates();
app.MapTags();
app.MapCustomFields();
app.MapFunctions();
app.MapErasures();
app.MapExports();
app.MapAudit();
app.Run();
