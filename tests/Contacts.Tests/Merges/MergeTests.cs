using System.Net;
using System.Text.Json.Nodes;

namespace Contacts.Tests.Merges;

public abstract class MergeTests(ContactsService service) : ContactsTests(service)
{
    protected Task<HttpResponseMessage> PostMergeAsync(JsonNode survivor, JsonNode absorbed, string more = "") =>
        Client.PostAsync("/v1/merges", Answers.Json($$"""{"survivor_id":"{{survivor["id"]}}","absorbed_id":"{{absorbed["id"]}}"{{more}}}"""));

    /// <returns>The merge's id and the survivor.</returns>
    protected async Task<(Guid Id, JsonNode Contact)> MergeAsync(JsonNode survivor, JsonNode absorbed, string more = "")
    {
        var merged = await (await PostMergeAsync(survivor, absorbed, more)).JsonAsync(HttpStatusCode.Created);
        return ((Guid)merged["id"]!, merged["contact"]!);
    }

    protected async Task<(JsonNode Survivor, JsonNode Absorbed)> UndoAsync(Guid mergeId)
    {
        var undone = await (await Client.DeleteAsync($"/v1/merges/{mergeId}")).JsonAsync();
        return (undone["survivor"]!, undone["absorbed"]!);
    }

    /// <summary>What a contact is, whatever happened to it on the way.</summary>
    protected static string Essence(JsonNode contact)
    {
        var card = contact.DeepClone().AsObject();
        card.Remove("version");
        card.Remove("updated_at");
        return card.ToJsonString();
    }
}
