using CommunicationsIngest.Calls;
using CommunicationsIngest.Chat;
using CommunicationsIngest.Consent;
using CommunicationsIngest.Contacts;
using CommunicationsIngest.Conversations;
using CommunicationsIngest.Erasures;
using CommunicationsIngest.PhoneNumbers;
using CommunicationsIngest.Providers.Twilio;
using CommunicationsIngest.Recordings;
using CommunicationsIngest.Summaries;
using CommunicationsIngest.Texts;
using CommunicationsIngest.Transcripts;
using CommunicationsIngest.Workspaces;
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
builder.AddPostgres("communicationsdb");
builder.AddMessaging(
    "communications",
    messaging =>
        messaging
            .Publishes<InteractionRecorded>()
            .Publishes<OwnNumberChanged>()
            .Publishes<ConsentChanged>()
            .Publishes<DetailsCaptured>()
            .Publishes<ConversationsErased>()
            .Publishes<AuditRecorded>()
            .Handles<RefreshContactCards, ContactChanged>()
            .Handles<FollowDoNotCall, ContactChanged>()
            .Handles<ForgetDeletedContacts, ContactDeleted>()
            .Handles<EraseConversations, ContactErased>()
            .Handles<LinkConversations, ContactActivityChanged>()
            .Handles<FollowMerges, ContactMerged>()
            .Handles<FollowUndoneMerges, ContactMergeUndone>()
            .Handles<RefreshWorkspace, WorkspaceChanged>()
);
builder.Services.AddValidation();
builder.Services.AddOpenApi("v1", ApiDocument.Configure);
builder.AddPhoneNumbers();
builder.AddConsent();
builder.AddTexts();
builder.Services.AddSingleton<RecordCall>();
builder.AddRecordings();
builder.AddSummaries();
builder.Services.AddSingleton<BlobDeletionSignal>();
builder.Services.AddHostedService<DeleteBlobs>();
builder.AddChat();
builder.AddTwilio();

var app = builder.Build();
app.UseCors();
app.UseServiceDefaults();
app.MapOpenApi();
app.MapPhoneNumbers();
app.MapConversations();
app.MapTranscripts();
app.MapRecordings();
app.MapTexts();
app.MapConsent();
app.MapChat();
app.MapTwilio();
app.Run();
