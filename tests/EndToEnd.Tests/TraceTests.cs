using System.Diagnostics;

namespace EndToEnd.Tests;

/// <summary>One trace id can be followed from webhook to index in the logs of every service.</summary>
public sealed class TraceTests(RunningSystem system)
{
    [Fact]
    public async Task One_trace_runs_from_the_webhook_to_the_index()
    {
        var trace = ActivityTraceId.CreateRandom();
        var person = PhoneNetwork.NewPerson();
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = $"SM{Guid.CreateVersion7():N}",
            ["AccountSid"] = system.TwilioAccountSid,
            ["From"] = person,
            ["To"] = PhoneNetwork.Business,
            ["Body"] = "Follow me",
            ["NumMedia"] = "0",
        };
        using var request = TwilioSignature.Sign(system.Url, "/webhooks/twilio/messages", form, system.TwilioAuthToken);
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");

        using var answer = await system.Anonymous.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode);
        foreach (var part in (string[])["gateway", "communications", "contacts", "search"])
        {
            await Api.EventuallyAsync(
                () => File.ReadAllTextAsync(Path.Combine(system.Logs, $"{part}.log")),
                log => log.Contains(trace.ToHexString(), StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task No_log_has_a_number_a_name_or_a_message()
    {
        var person = PhoneNetwork.NewPerson();
        const string Body = "My name is Zebulon Quartz and my secret is tangerine";
        await system.Phones.TextAsync(person, Body);
        await Api.EventuallyAsync(() => system.Api.ContactsAsync(person), found => found.Count == 1);
        await system.Api.GetJsonAsync($"/v1/contacts/search?q={Uri.EscapeDataString(person)}");

        var services = Directory.GetFiles(system.Logs, "*.log").Where(log => Path.GetFileName(log) is not "twilio.log").ToList();

        Assert.NotEmpty(services);
        Assert.All(
            services,
            log =>
            {
                var text = File.ReadAllText(log);
                Assert.DoesNotContain("tangerine", text, StringComparison.Ordinal);
                Assert.DoesNotContain("Zebulon", text, StringComparison.Ordinal);
                Assert.DoesNotContain(person, text, StringComparison.Ordinal);
                Assert.DoesNotContain(person[1..], text, StringComparison.Ordinal);
                Assert.DoesNotContain(system.ApiKey, text, StringComparison.Ordinal);
            }
        );
    }
}
