using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Dapper;
using Messages.Contacts;
using NetVips;
using Npgsql;

namespace Contacts.Tests.Avatars;

public sealed class AvatarTests(ContactsService service) : ContactsTests(service)
{
    [Fact]
    public async Task Until_there_is_a_picture_it_is_made_of_the_name()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");

        var answer = await Client.GetAsync(AvatarOf(contact) + "?size=64");

        Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache, private", Header(answer, "Cache-Control"));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'", Header(answer, "Content-Security-Policy"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        var svg = XElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(("64", "JS"), ((string?)svg.Attribute("width"), svg.Value));
    }

    [Fact]
    public async Task An_uploaded_picture_is_shown_in_each_size()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");

        // What the header says is not asked.
        var uploaded = await (await UploadAsync(contact, TestPictures.PhotoWithPlace(), "text/plain")).JsonAsync();

        foreach (var size in new[] { 32, 64, 128, 256, 512 })
        {
            var answer = await Client.GetAsync($"{AvatarOf(contact)}?size={size}");
            Assert.Equal("image/webp", answer.Content.Headers.ContentType?.ToString());
            using var image = Image.NewFromBuffer(await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal((size, size), (image.Width, image.Height));
        }
        using var usual = Image.NewFromBuffer(await Client.GetByteArrayAsync(AvatarOf(contact)));
        Assert.Equal(128, usual.Width);
        Assert.Equal(2, (int)uploaded["version"]!);
        Assert.Equal((string?)uploaded["avatar_url"], (string?)(await GetAsync(contact))["avatar_url"]);
        var changed = (await SentAsync<ContactChanged>())[^1].Data;
        Assert.Equal(["avatar"], changed.Changed);
        Assert.EndsWith(changed.Contact.Avatar!, (string)uploaded["avatar_url"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_not_sent_again_to_who_has_it()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");
        var generated = (await Client.GetAsync(AvatarOf(contact))).Headers.ETag!;

        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync(contact, generated)).StatusCode);
        await PatchAsync(contact, """{"company":"Acme"}""");
        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync(contact, generated)).StatusCode);
        await PatchAsync(contact, """{"name":"Jane Smith"}""");
        Assert.Equal(HttpStatusCode.NotModified, (await GetIfNoneMatchAsync(contact, generated)).StatusCode);
        await PatchAsync(contact, """{"name":"Jane Doe"}""");
        Assert.Equal(HttpStatusCode.OK, (await GetIfNoneMatchAsync(contact, generated)).StatusCode);

        await UploadAsync(contact, TestPictures.Png());
        var answer = await GetIfNoneMatchAsync(contact, generated);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var unchanged = await GetIfNoneMatchAsync(contact, answer.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal("no-cache, private", Header(unchanged, "Cache-Control"));
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Each_picture_has_a_url_of_its_own_for_good()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");
        var generated = (string)contact["avatar_url"]!;
        var first = (string)(await (await UploadAsync(contact, TestPictures.Png(color: TestPictures.Red))).JsonAsync())["avatar_url"]!;
        var second = (string)(await (await UploadAsync(contact, TestPictures.Png(color: TestPictures.Blue))).JsonAsync())["avatar_url"]!;

        Assert.Equal(3, new[] { generated, first, second }.Distinct().Count());
        await IsShownAsync(first, TestPictures.Red);
        await IsShownAsync(second + "?size=32", TestPictures.Blue);
        foreach (var url in new[] { generated, first, second })
        {
            var answer = await Client.GetAsync(url);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("max-age=31536000, private, immutable", Header(answer, "Cache-Control"));
        }
        await PatchAsync(contact, """{"name":"Jane Doe"}""");
        await (await Client.GetAsync(generated)).ProblemAsync(404, "not-found");
        await (await Client.GetAsync($"{AvatarOf(contact)}/{new string('0', 32)}")).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task A_picture_of_another_contact_is_not_found_under_this_one()
    {
        var john = await CreateAsync("""{"phone":"+16045551234"}""");
        var jane = await CreateAsync("""{"phone":"+16045551235"}""");
        var url = (string)(await (await UploadAsync(jane, TestPictures.Png())).JsonAsync())["avatar_url"]!;

        await (await Client.GetAsync(url.Replace((string)jane["id"]!, (string)john["id"]!, StringComparison.Ordinal))).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Whoever_absorbed_a_contact_may_show_its_picture()
    {
        var john = await CreateAsync("""{"phone":"+16045551234"}""");
        var jane = await CreateAsync("""{"phone":"+16045551235"}""");
        var jim = await CreateAsync("""{"phone":"+16045551236"}""");
        var ofJane = (string)(await (await UploadAsync(jane, TestPictures.Png(color: TestPictures.Red))).JsonAsync())["avatar_url"]!;
        await Client.DeleteAsync(AvatarOf(jane));
        await UploadAsync(jim, TestPictures.Png(color: TestPictures.Blue));
        foreach (var (survivor, absorbed) in new[] { (jane, jim), (john, jane) })
        {
            var merge = $$"""{"survivor_id":"{{survivor["id"]}}","absorbed_id":"{{absorbed["id"]}}"}""";
            await (await Client.PostAsync("/v1/merges", Answers.Json(merge))).JsonAsync(HttpStatusCode.Created);
        }

        await IsShownAsync(AvatarOf(john), TestPictures.Blue);
        await IsShownAsync((string)(await GetAsync(john))["avatar_url"]!, TestPictures.Blue);
        // Where the redirect from the absorbed one's own address leads.
        await IsShownAsync(ofJane.Replace((string)jane["id"]!, (string)john["id"]!, StringComparison.Ordinal), TestPictures.Red);
    }

    [Fact]
    public async Task Removed_it_gives_way_to_the_generated_one()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234","name":"John Smith"}""");
        await UploadAsync(contact, TestPictures.Png());

        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync(AvatarOf(contact))).StatusCode);

        Assert.Equal("image/svg+xml", (await Client.GetAsync(AvatarOf(contact))).Content.Headers.ContentType?.MediaType);
        var after = await GetAsync(contact);
        Assert.Equal((string?)contact["avatar_url"], (string?)after["avatar_url"]);
        Assert.Equal(3, (int)after["version"]!);
        Assert.Null((await SentAsync<ContactChanged>())[^1].Data.Contact.Avatar);
        Assert.Equal(HttpStatusCode.NoContent, (await Client.DeleteAsync(AvatarOf(contact))).StatusCode);
        Assert.Equal(3, (await SentAsync<ContactChanged>()).Count);
    }

    [Fact]
    public async Task The_same_picture_again_changes_nothing()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        await UploadAsync(contact, TestPictures.Png());

        var again = await (await UploadAsync(contact, TestPictures.Png())).JsonAsync();

        Assert.Equal(2, (int)again["version"]!);
    }

    [Fact]
    public async Task The_ten_latest_are_kept()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var urls = new List<string>();
        for (var shade = 0; shade < 11; shade++)
        {
            urls.Add((string)(await (await UploadAsync(contact, TestPictures.Png(color: [shade * 20, 0, 0]))).JsonAsync())["avatar_url"]!);
        }

        await (await Client.GetAsync(urls[0])).ProblemAsync(404, "not-found");
        Assert.All(await Task.WhenAll(urls[1..].Select(url => Client.GetAsync(url))), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task A_change_that_is_taken_back_brings_back_the_picture_or_the_generated_one_where_it_is_kept_no_more()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var first = (string)(await (await UploadAsync(contact, TestPictures.Png(color: TestPictures.Red))).JsonAsync())["avatar_url"]!;
        await UploadAsync(contact, TestPictures.Png(color: TestPictures.Blue));

        await (await Client.PostAsync($"/v1/contacts/{contact["id"]}/history/3/reversal", null)).JsonAsync();

        await IsShownAsync(AvatarOf(contact), TestPictures.Red);
        Assert.Equal(first, (string?)(await GetAsync(contact))["avatar_url"]);
        await using var connection = new NpgsqlConnection(OwnerConnectionString);
        await connection.ExecuteAsync("DELETE FROM avatars WHERE contact_id = @id", new { id = (Guid)contact["id"]! });
        foreach (var url in new[] { AvatarOf(contact), first })
        {
            var answer = await Client.GetAsync(url);
            Assert.Equal("image/svg+xml", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("no-cache, private", Header(answer, "Cache-Control"));
        }
    }

    [Fact]
    public async Task Another_picture_meanwhile_refuses_a_conditional_change()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var seen = (await Client.GetAsync(AvatarOf(contact))).Headers.ETag!.ToString();
        var first = await UploadAsync(contact, TestPictures.Png(), ifMatch: seen);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await (await UploadAsync(contact, TestPictures.Png(color: TestPictures.Blue), ifMatch: seen)).ProblemAsync(412, "version-mismatch");
        using var request = new HttpRequestMessage(HttpMethod.Delete, AvatarOf(contact));
        request.Headers.TryAddWithoutValidation("If-Match", seen);
        await (await Client.SendAsync(request)).ProblemAsync(412, "version-mismatch");
    }

    [Fact]
    public async Task With_the_contact_its_pictures_go()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var url = (string)(await (await UploadAsync(contact, TestPictures.Png())).JsonAsync())["avatar_url"]!;

        await Client.DeleteAsync($"/v1/contacts/{contact["id"]}");

        await (await Client.GetAsync(url)).ProblemAsync(404, "not-found");
        await (await Client.GetAsync(AvatarOf(contact))).ProblemAsync(404, "not-found");
        await (await UploadAsync(contact, TestPictures.Png())).ProblemAsync(404, "not-found");
        await (await Client.DeleteAsync(AvatarOf(contact))).ProblemAsync(404, "not-found");
    }

    [Fact]
    public async Task Another_workspaces_pictures_are_neither_shown_nor_touched()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        var url = (string)(await (await UploadAsync(contact, TestPictures.Png())).JsonAsync())["avatar_url"]!;
        using var attacker = CreateClient(Guid.CreateVersion7());

        await (await attacker.GetAsync(AvatarOf(contact))).ProblemAsync(404, "not-found");
        await (await attacker.GetAsync(url)).ProblemAsync(404, "not-found");
        await (await attacker.PutAsync(AvatarOf(contact), new ByteArrayContent(TestPictures.Jpeg()))).ProblemAsync(404, "not-found");
        await (await attacker.DeleteAsync(AvatarOf(contact))).ProblemAsync(404, "not-found");

        Assert.Equal(url, (string?)(await GetAsync(contact))["avatar_url"]);
    }

    [Fact]
    public async Task What_is_no_picture_changes_nothing()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        await (await UploadAsync(contact, [])).ProblemAsync(415, "unsupported-image");
        await (await UploadAsync(contact, TestPictures.Gif(), "image/png")).ProblemAsync(415, "unsupported-image");
        await (await UploadAsync(contact, "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "image/png")).ProblemAsync(415, "unsupported-image");
        await (await UploadAsync(contact, "<html>"u8.ToArray(), "image/png")).ProblemAsync(415, "unsupported-image");
        await (await UploadAsync(contact, TestPictures.Jpeg()[..500])).ProblemAsync(415, "unsupported-image");
        await (await UploadAsync(contact, TestPictures.PngOfTooManyPixels())).ProblemAsync(422, "too-many-pixels");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png()), "file", "me.png" } };
        await (await Client.PutAsync(AvatarOf(contact), form)).ProblemAsync(415, "unsupported-image");

        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_megabytes_are_the_most(bool isAnnounced)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");
        byte[] padded = [.. TestPictures.Jpeg(), .. new byte[5 * 1024 * 1024]];

        await (await UploadAsync(contact, padded, isAnnounced: isAnnounced)).ProblemAsync(413, "too-large");
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(contact, padded[..(5 * 1024 * 1024)], isAnnounced: isAnnounced)).StatusCode);
    }

    [Theory]
    [InlineData("?size=100", 400)]
    [InlineData("?size=0", 400)]
    [InlineData("?size=-64", 400)]
    [InlineData("?size=99999999999", 400)]
    [InlineData("?size=large", 400)]
    [InlineData("/0", 404)]
    [InlineData("/ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ", 404)]
    public async Task What_is_asked_for_wrongly_is_refused(string rest, int status)
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        Assert.Equal(status, (int)(await Client.GetAsync(AvatarOf(contact) + rest)).StatusCode);
    }

    [Fact]
    public async Task Uploads_at_the_same_time_end_in_one_of_them()
    {
        var contact = await CreateAsync("""{"phone":"+16045551234"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(shade => UploadAsync(contact, TestPictures.Png(color: [shade * 40, 0, 0]))));

        var urls = await Task.WhenAll(answers.Select(async answer => (string?)(await answer.JsonAsync())["avatar_url"]));
        var after = await GetAsync(contact);
        Assert.Equal(7, (int)after["version"]!);
        Assert.Contains((string?)after["avatar_url"], urls);
    }

    private static string AvatarOf(JsonNode contact) => $"/v1/contacts/{contact["id"]}/avatar";

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private async Task IsShownAsync(string url, double[] color) =>
        Assert.True(TestPictures.IsNear(color, TestPictures.ColorAt(await Client.GetByteArrayAsync(url), 0.5, 0.5)), url);

    private async Task<HttpResponseMessage> GetIfNoneMatchAsync(JsonNode contact, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AvatarOf(contact));
        request.Headers.IfNoneMatch.Add(tag);
        return await Client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> UploadAsync(
        JsonNode contact,
        byte[] body,
        string contentType = "application/octet-stream",
        string? ifMatch = null,
        bool isAnnounced = true
    )
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Put, AvatarOf(contact)) { Content = content };
        request.Headers.TransferEncodingChunked = !isAnnounced;
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }
        return await Client.SendAsync(request);
    }
}
