using System.Text.Json.Nodes;
using Contacts.Tests.Avatars;

namespace Contacts.Tests;

/// <summary>What people and programs send, right and wrong, over the API: the answer's status and, where it is refused, the problem's type. Nothing of what is refused is kept.</summary>
public sealed class BadInputTests(ContactsService service) : ContactsTests(service)
{
    /// <summary>
    /// A number of each country as it is dialled from abroad, and one that cannot be. (An international one of a possible length is taken though no list of ranges has it yet:
    /// networks open ranges before the lists do.)
    /// </summary>
    public static readonly TheoryData<string, string, string> Phones = new()
    {
        { "CA", "+1 604 250 1234", "+1 604 250 12345" },
        { "US", "+1 (212) 736-5000", "+1 212 736 500" },
        { "GB", "+44 20 7946 0958", "+44 20 79" },
        { "DE", "+49 30 901820", "+49 1" },
        { "FR", "+33 6 12 34 56 78", "+33 6 12 34 56 7" },
        { "IT", "+39 06 698 12345", "+39 99 1" },
        { "ES", "+34 612 345 678", "+34 612 345 6789" },
        { "NL", "+31 6 12345678", "+31 6 12" },
        { "BE", "+32 470 12 34 56", "+32 470 12 34 567" },
        { "CH", "+41 44 668 18 00", "+41 44 668 18 0" },
        { "SE", "+46 70 123 45 67", "+46 00 123" },
        { "PL", "+48 512 345 678", "+48 12 345" },
        { "AU", "+61 412 345 678", "+61 412" },
        { "NZ", "+64 21 123 4567", "+64 1" },
        { "JP", "+81 90 1234 5678", "+81 90 12" },
        { "KR", "+82 10 1234 5678", "+82 10 12" },
        { "CN", "+86 138 1234 5678", "+86 138" },
        { "IN", "+91 98765 43210", "+91 98765" },
        { "BR", "+55 11 96123-4567", "+55 00 96123-4567" },
        { "MX", "+52 55 1234 5678", "+52 55 1234 567" },
        { "AR", "+54 9 11 2345 6789", "+54 9 11 2345" },
        { "AE", "+971 50 123 4567", "+971 50 12" },
    };

    [Theory]
    [MemberData(nameof(Phones))]
    public async Task A_countrys_phone_is_taken_and_a_wrong_one_is_not(string country, string right, string wrong)
    {
        var contact = await CreateAsync(new JsonObject { ["phone"] = right, ["name"] = country }.ToJsonString());
        Assert.Equal("+" + string.Concat(right.Where(char.IsAsciiDigit)), (string?)contact["phone"]);

        await (await Client.PostAsync("/v1/contacts", Answers.Json(new JsonObject { ["phone"] = wrong }.ToJsonString()))).ProblemAsync(400, "invalid-phone");
        Assert.Single(await ListAsync());
    }

    /// <summary>{id} is a contact's, {other} a second one's, {field} a custom number field's key, {choice} a choice field's.</summary>
    public static readonly TheoryData<string, string, string, int, string> Requests = new()
    {
        // Names and texts: all scripts are welcome, what cannot be stored is not.
        { "PATCH", "/v1/contacts/{id}", """{"name":"👩‍👩‍👧 Émilie"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"name":"محمد بن علي"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"name":"山田 太郎"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"name":"\u202eevil\u202c"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"name":"<script>alert(1)</script>'; DROP TABLE contacts; --"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"name":"a\u0000b"}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"name":"a\ud800b"}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"name":{}}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"name":true}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"company":["Acme"]}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", $$"""{"notes":"{{new string('n', 10_000)}}"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", $$"""{"notes":"{{new string('n', 10_001)}}"}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"notes":"a\u0000b"}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"unknown":1}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"id":"01890000-0000-7000-8000-000000000000"}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"version":7}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", "{", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", "[]", 400, "validation" },
        { "PATCH", "/v1/contacts/not-an-id", "{}", 404, "not-found" },
        // Identities.
        { "PATCH", "/v1/contacts/{id}", """{"phone":"anonymous"}""", 400, "invalid-phone" },
        { "PATCH", "/v1/contacts/{id}", """{"phone":"+266696687"}""", 400, "invalid-phone" },
        { "PATCH", "/v1/contacts/{id}", """{"phone":"+1 604 250 1234 ext. 5"}""", 400, "invalid-phone" },
        { "PATCH", "/v1/contacts/{id}", """{"phone":"1-800-FLOWERS"}""", 400, "invalid-phone" },
        { "PATCH", "/v1/contacts/{id}", """{"phones":["+16042501234","(604) 250-1234"]}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"phones":["+16042501234","+16042509999","12"]}""", 400, "invalid-phone" },
        { "PATCH", "/v1/contacts/{id}", """{"phone":"+16042501234","phones":["+16042501234"]}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"phones":"+16042501234"}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"phones":[null]}""", 400, "identity-required" },
        { "PATCH", "/v1/contacts/{id}", """{"phone":null}""", 400, "identity-required" },
        { "PATCH", "/v1/contacts/{id}", """{"phone":"+16042505678"}""", 409, "contact-exists" },
        { "PATCH", "/v1/contacts/{id}", """{"email":"no at sign"}""", 400, "invalid-email" },
        { "PATCH", "/v1/contacts/{id}", """{"email":"a@b@c.example"}""", 400, "invalid-email" },
        { "PATCH", "/v1/contacts/{id}", """{"email":"josé@exämple.com"}""", 200, "" },
        { "PATCH", "/v1/contacts/{id}", """{"external_ids":["123"]}""", 400, "invalid-external-id" },
        { "PATCH", "/v1/contacts/{id}", """{"language":"klingonese"}""", 400, "invalid-language" },
        { "PATCH", "/v1/contacts/{id}", """{"time_zone":"Mars/Olympus"}""", 400, "invalid-time-zone" },
        { "PATCH", "/v1/contacts/{id}", """{"time_zone":"Pacific Standard Time"}""", 400, "invalid-time-zone" },
        // Tags.
        { "PATCH", "/v1/contacts/{id}", """{"tags":["a,b"]}""", 400, "invalid-tag" },
        { "PATCH", "/v1/contacts/{id}", """{"tags":[" "]}""", 400, "invalid-tag" },
        { "PATCH", "/v1/contacts/{id}", """{"tags":[5]}""", 400, "validation" },
        { "PATCH", "/v1/contacts/{id}", """{"tags":["opt-out"]}""", 409, "opt-out-protected" },
        // Custom fields.
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"budget":"much"}}""", 400, "invalid-custom-field" },
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"budget":1e400}}""", 400, "invalid-custom-field" },
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"birthday":"2026-02-30"}}""", 400, "invalid-custom-field" },
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"site":"javascript:alert(1)"}}""", 400, "invalid-custom-field" },
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"plan":"Platinum"}}""", 400, "invalid-custom-field" },
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"nobody_defined_this":1}}""", 400, "unknown-custom-field" },
        { "PATCH", "/v1/contacts/{id}", """{"custom_fields":{"budget":1200.5,"birthday":"2026-02-28","plan":"gold"}}""", 200, "" },
        { "POST", "/v1/custom-fields", """{"label":"X","type":"colour"}""", 400, "validation" },
        { "POST", "/v1/custom-fields", """{"label":"","type":"text"}""", 400, "validation" },
        // Merges, batches, look-ups, captures, erasures.
        { "POST", "/v1/merges", """{"survivor_id":"{id}","absorbed_id":"{id}"}""", 409, "merge-self" },
        { "POST", "/v1/merges", """{"survivor_id":"{id}","absorbed_id":"01890000-0000-7000-8000-000000000000"}""", 404, "not-found" },
        { "POST", "/v1/merges", """{"survivor_id":"{id}"}""", 400, "validation" },
        { "POST", "/v1/merges", """{"survivor_id":"{id}","absorbed_id":"{other}","survivor_version":99}""", 412, "version-mismatch" },
        { "POST", "/v1/contacts/batch", """{"contacts":[]}""", 400, "validation" },
        { "POST", "/v1/contacts/batch", $$"""{"contacts":[{{string.Join(',', Enumerable.Repeat("{}", 1_001))}}]}""", 400, "validation" },
        { "POST", "/v1/contacts/batch", """{"contacts":[{"phone":"+16042507777"}],"source":"gossip"}""", 400, "validation" },
        { "POST", "/v1/contacts/lookup", $$"""{"phones":[{{string.Join(',', Enumerable.Repeat("\"1\"", 1_001))}}]}""", 400, "validation" },
        { "POST", "/v1/contacts/{id}/captures", """{"details":[]}""", 400, "validation" },
        { "POST", "/v1/contacts/{id}/captures", """{"details":[{"field":"name","value":"X","confidence":7}]}""", 400, "validation" },
        { "POST", "/v1/contacts/{id}/history/99/reversal", "{}", 404, "not-found" },
        { "POST", "/v1/erasures", "{}", 400, "validation" },
        // Pictures.
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:gif", 415, "unsupported-image" },
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:html", 415, "unsupported-image" },
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:empty", 415, "unsupported-image" },
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:bomb", 422, "too-many-pixels" },
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:truncated", 415, "unsupported-image" },
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:huge", 413, "too-large" },
        { "PUT", "/v1/contacts/{id}/avatar", "bytes:png", 200, "" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Each_request_has_its_answer(string method, string path, string body, int status, string slug)
    {
        var contact = await CreateAsync("""{"phone":"+16042501234","name":"John"}""");
        var other = await CreateAsync("""{"phone":"+16042505678"}""");
        await DefineFieldsAsync();
        string Named(string text) =>
            text.Replace("{id}", (string)contact["id"]!, StringComparison.Ordinal).Replace("{other}", (string)other["id"]!, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), Named(path));
        request.Content = body.StartsWith("bytes:", StringComparison.Ordinal) ? new ByteArrayContent(Bytes(body[6..])) : Answers.Json(Named(body));

        using var answer = await Client.SendAsync(request);

        if (status < 400)
        {
            Assert.True((int)answer.StatusCode == status, await answer.Content.ReadAsStringAsync());
            return;
        }
        await answer.ProblemAsync(status, slug);
        Assert.Equal(contact.ToJsonString(), (await GetAsync(contact)).ToJsonString());
        Assert.Equal(2, (await ListAsync()).Count);
    }

    private async Task DefineFieldsAsync()
    {
        foreach (
            var field in new[]
            {
                """{"key":"budget","label":"Budget","type":"number"}""",
                """{"key":"birthday","label":"Birthday","type":"date"}""",
                """{"key":"site","label":"Site","type":"link"}""",
                """{"key":"plan","label":"Plan","type":"choice","choices":["Basic","Gold"]}""",
            }
        )
        {
            await (await Client.PostAsync("/v1/custom-fields", Answers.Json(field))).JsonAsync(System.Net.HttpStatusCode.Created);
        }
    }

    private static byte[] Bytes(string what) =>
        what switch
        {
            "gif" => TestPictures.Gif(),
            "html" => "<html><script>alert(1)</script></html>"u8.ToArray(),
            "empty" => [],
            "bomb" => TestPictures.PngOfTooManyPixels(),
            "truncated" => TestPictures.Jpeg()[..200],
            "huge" => new byte[(5 * 1024 * 1024) + 1],
            "png" => TestPictures.Png(),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
}
