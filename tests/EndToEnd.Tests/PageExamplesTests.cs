using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The three curl examples of the product page, to the letter, with only host and key replaced.</summary>
public sealed class PageExamplesTests(RunningSystem system)
{
    private const string Host = "https://mtxbiyilvgwhbdptysex.supabase.co";

    [Fact]
    public async Task They_work()
    {
        var created = await CurlAsync(
            """
            curl -X POST "https://mtxbiyilvgwhbdptysex.supabase.co/functions/v1/create-contact" \
              -H "Authorization: Bearer YOUR_API_KEY" \
              -H "Content-Type: application/json" \
              -d '{
                "phone": "+16045551234",
                "name": "John Smith",
                "email": "john@example.com"
              }'
            """
        );
        var id = (string)created["contact"]!["id"]!;
        Assert.Equal("+16045551234", (string?)created["contact"]!["phone"]);

        var updated = await CurlAsync(
            """
            curl -X POST "https://mtxbiyilvgwhbdptysex.supabase.co/functions/v1/update-contact" \
              -H "Authorization: Bearer YOUR_API_KEY" \
              -H "Content-Type: application/json" \
              -d '{
                "contact_id": "uuid-here",
                "name": "John Smith Jr.",
                "tags": ["VIP", "Customer"]
              }'
            """.Replace("uuid-here", id, StringComparison.Ordinal)
        );
        Assert.Equal("John Smith Jr.", (string?)updated["contact"]!["name"]);
        Assert.Equal(["Customer", "VIP"], updated["contact"]!["tags"]!.AsArray().Select(tag => (string)tag!).Order());

        var listed = await CurlAsync(
            """
            curl -X GET "https://mtxbiyilvgwhbdptysex.supabase.co/functions/v1/list-contacts" \
              -H "Authorization: Bearer YOUR_API_KEY"
            """
        );
        Assert.Contains(listed["contacts"]!.AsArray(), contact => (string?)contact!["id"] == id);
    }

    private async Task<JsonNode> CurlAsync(string command)
    {
        var url = system.Url.GetLeftPart(UriPartial.Authority);
        command = command.Replace(Host, url, StringComparison.Ordinal).Replace("YOUR_API_KEY", system.ApiKey, StringComparison.Ordinal);
        return JsonNode.Parse(await Shell.RunAsync(command.Replace("curl ", "curl --silent --show-error --fail-with-body ", StringComparison.Ordinal)))!;
    }
}
