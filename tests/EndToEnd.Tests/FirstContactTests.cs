using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>Whoever gets in touch becomes a contact by itself.</summary>
public sealed class FirstContactTests(RunningSystem system)
{
    [Fact]
    public async Task A_first_text_is_a_contact_within_a_second_and_a_second_text_adds_to_it()
    {
        // The very first request through each part pays for its compilation; what is measured is the second person.
        await TextAndWaitAsync(PhoneNetwork.NewPerson());

        var person = PhoneNetwork.NewPerson();
        var (id, took) = await TextAndWaitAsync(person);
        await system.Phones.TextAsync(person, "Are you open on Saturday?");

        Assert.True(took < TimeSpan.FromSeconds(1), $"It took {took.TotalMilliseconds:N0} ms.");
        var contact = await Api.EventuallyAsync(() => system.Api.GetJsonAsync($"/v1/contacts/{id}"), c => (int)c["message_count"]! == 2);
        Assert.Equal(person, (string?)contact["phone"]);
        var conversation = Assert.Single((await system.Api.GetJsonAsync($"/v1/conversations?contact_id={id}"))["data"]!.AsArray())!;
        Assert.Equal("text", (string?)conversation["channel"]);
        Assert.Equal(id, (string?)conversation["contact"]!["id"]);
        Assert.Equal(2, (await system.Api.GetJsonAsync($"/v1/contacts/{id}/timeline"))["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task Fifty_first_texts_at_once_from_one_number_make_one_contact()
    {
        var person = PhoneNetwork.NewPerson();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => system.Phones.TextAsync(person, $"Hello {i}")));

        var contacts = await Api.EventuallyAsync(() => system.Api.ContactsAsync(person), found => found.Count > 0 && (int)found[0]!["message_count"]! == 50);
        Assert.Single(contacts);
        Assert.Single((await system.Api.GetJsonAsync($"/v1/conversations?phone={Uri.EscapeDataString(person)}"))["data"]!.AsArray());
    }

    [Fact]
    public async Task A_call_with_shuffled_callbacks_and_a_recording_is_one_conversation_of_the_caller()
    {
        var person = PhoneNetwork.NewPerson();

        await system.Phones.CallAsync(
            new
            {
                from = person,
                to = PhoneNetwork.Business,
                duration_seconds = 42,
                outcome = "completed",
                recording = true,
                callbacks = "shuffled",
            }
        );

        var contact = (await Api.EventuallyAsync(() => system.Api.ContactsAsync(person), found => found.Count == 1))[0]!;
        var calls = await Api.EventuallyAsync(
            async () => (await system.Api.GetJsonAsync($"/v1/conversations?contact_id={contact["id"]}"))["data"]!.AsArray(),
            found => found.Count == 1 && (string?)found[0]!["outcome"] == "completed" && found[0]!["recordings"]!.AsArray().Count == 1
        );
        Assert.Equal(42, (int)calls[0]!["duration_seconds"]!);
        using var recording = await Api.EventuallyAsync(
            () => system.Api.GetAsync($"/v1/calls/{calls[0]!["id"]}/recording"),
            answer => answer.IsSuccessStatusCode
        );
        Assert.StartsWith("audio/", recording.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_caller_gets_a_conversation_and_no_contact()
    {
        await system.Phones.CallAsync(
            new
            {
                from = "anonymous",
                to = PhoneNetwork.Business,
                duration_seconds = 5,
                outcome = "completed",
            }
        );

        var call = await Api.EventuallyAsync(
            async () =>
                (await system.Api.GetJsonAsync("/v1/conversations?channel=call"))["data"]!
                    .AsArray()
                    .FirstOrDefault(c => (bool?)c!["participant"]!["hidden"] == true),
            found => found is not null
        );
        await Task.Delay(1_000);
        Assert.Null(call!["contact"]);
    }

    [Fact]
    public async Task A_chat_is_a_conversation_of_a_contact_with_the_name_that_the_visitor_gave()
    {
        var phone = PhoneNetwork.NewPerson();
        var widget = await system.Api.PostJsonAsync("/v1/chat/widgets", new { name = "Website", allowed_origins = new[] { "https://example.com" } });
        using var visitor = new HttpClient { BaseAddress = system.Url };
        visitor.DefaultRequestHeaders.Add("Origin", "https://example.com");

        var session = await visitor.PostJsonAsync(
            "/v1/chat/sessions",
            new
            {
                widget_id = (string)widget["id"]!,
                name = "Ada Example",
                phone,
            }
        );
        visitor.DefaultRequestHeaders.Authorization = new("Bearer", (string)session["visitor_token"]!);
        await visitor.PostJsonAsync($"/v1/chat/sessions/{session["id"]}/messages", new { body = "Do you deliver?" });
        await system.Api.PostJsonAsync($"/v1/conversations/{session["id"]}/messages", new { body = "We do." });
        using var ended = await visitor.PutAsync($"/v1/chat/sessions/{session["id"]}/closure", null);

        Assert.True(ended.IsSuccessStatusCode, await ended.Content.ReadAsStringAsync());
        var contact = (await Api.EventuallyAsync(() => system.Api.ContactsAsync(phone), found => found.Count == 1 && found[0]!["name"] is not null))[0]!;
        Assert.Equal("Ada Example", (string?)contact["name"]);
        var timeline = await Api.EventuallyAsync(
            async () => (await system.Api.GetJsonAsync($"/v1/contacts/{contact["id"]}/timeline"))["data"]!.AsArray(),
            entries => entries.Count >= 2
        );
        Assert.Contains(timeline, entry => entry!.ToJsonString().Contains("Do you deliver?", StringComparison.Ordinal));
    }

    private async Task<(string Id, TimeSpan Took)> TextAndWaitAsync(string person)
    {
        var clock = Stopwatch.StartNew();
        await system.Phones.TextAsync(person, "Hi, do you have time tomorrow?");
        var contacts = await Api.EventuallyAsync(() => system.Api.ContactsAsync(person), found => found.Count == 1);
        return ((string)contacts[0]!["id"]!, clock.Elapsed);
    }
}
