using System.Text.RegularExpressions;
using Messages.CommunicationsIngest;
using Messages.Contacts;

namespace Contacts.Tests;

/// <summary>The very text that travels. Other services, and rows that wait in an outbox during an upgrade, read it: fields are only ever added.</summary>
public sealed partial class MessageSnapshots(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Contact_changed()
    {
        await CreateAsync(
            """{"phone":"+16045551234","name":"John Smith","email":"john@example.com","company":"Acme Corp","notes":"Prefers mornings","tags":["VIP"]}"""
        );

        Assert.Equal(
            """
            {"id":"<id>","workspace_id":"<id>","occurred_at":"<time>","actor":{"kind":"api","id":"test-actor"},"trace_parent":"<trace>","data":{
            "contact":{"id":"<id>","version":1,"name":"John Smith","first_name":"John","last_name":"Smith","company":"Acme Corp","notes":"Prefers mornings",
            "language":null,"time_zone":null,"custom_fields":{},"avatar":null,
            "identities":[{"kind":"email","value":"john@example.com","is_primary":true},{"kind":"phone","value":"\u002B16045551234","is_primary":true}],
            "tags":["VIP"],"created_at":"<time>","updated_at":"<time>","source":"api"},
            "changed":["name","first_name","last_name","company","notes","language","time_zone","avatar","identities","tags"]}}
            """.ReplaceLineEndings(""),
            Stable(await SentJsonAsync<ContactChanged>())
        );
    }

    [Fact]
    public async Task Contact_deleted()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        Assert.Equal(
            """
            {"id":"<id>","workspace_id":"<id>","occurred_at":"<time>","actor":{"kind":"api","id":"test-actor"},"trace_parent":"<trace>",
            "data":{"contact_id":"<id>","version":2,"is_erased":false}}
            """.ReplaceLineEndings(""),
            Stable(await SentJsonAsync<ContactDeleted>())
        );
    }

    [Fact]
    public async Task Contact_erased()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await Client.PostAsync("/v1/erasures", Answers.Json($$"""{"contact_id":"{{contact["id"]}}"}"""));

        Assert.Equal(
            """
            {"id":"<id>","workspace_id":"<id>","occurred_at":"<time>","actor":{"kind":"api","id":"test-actor"},"trace_parent":"<trace>",
            "data":{"erasure_id":"<id>","contact_ids":["<id>"],"identities":[{"kind":"phone","value":"\u002B16045551234","is_primary":true}],"at":"<time>"}}
            """.ReplaceLineEndings(""),
            Stable(await SentJsonAsync<ContactErased>())
        );
    }

    [Fact]
    public async Task Contact_activity_changed()
    {
        await DeliverAsync(Interaction("+16045551234", Channel.Call));

        Assert.Equal(
            """
            {"id":"<id>","workspace_id":"<id>","occurred_at":"<time>","actor":{"kind":"system","id":"system"},"trace_parent":"<trace>",
            "data":{"contact_id":"<id>","version":1,"last_contact_at":"<time>","call_count":1,"message_count":0,"chat_count":0,"conversation_ids":["<id>"]}}
            """.ReplaceLineEndings(""),
            Stable(await SentJsonAsync<ContactActivityChanged>())
        );
    }

    private static string Stable(string json) => Trace().Replace(Time().Replace(Id().Replace(json, "<id>"), "<time>"), "\"<trace>\"");

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\\u002B00:00|\+00:00|Z)")]
    private static partial Regex Time();

    [GeneratedRegex("\"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\"|(?<=trace_parent\":)null")]
    private static partial Regex Trace();
}
