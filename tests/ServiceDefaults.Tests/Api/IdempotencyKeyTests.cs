using Testing;

namespace ServiceDefaults.Tests.Api;

public sealed class IdempotencyKeyTests(PostgresFixture postgres) : NotesTests(postgres)
{
    [Fact]
    public async Task A_repetition_gets_the_same_answer_and_does_nothing()
    {
        var first = await PostAsync("""{"full_text":"once"}""", "key-1");
        var second = await PostAsync("""{"full_text":"once"}""", "key-1");

        Assert.Equal(201, (int)first.StatusCode);
        Assert.Equal(201, (int)second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Single((await (await Client.GetAsync("/v1/notes")).JsonAsync()).AsArray());
    }

    [Fact]
    public async Task A_hundred_at_once_make_one_row_and_a_hundred_equal_answers()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => PostAsync("""{"full_text":"race"}""", "key-race")));

        var bodies = await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()));
        Assert.All(answers, answer => Assert.Equal(201, (int)answer.StatusCode));
        Assert.Single(bodies.Distinct());
        Assert.Single((await (await Client.GetAsync("/v1/notes")).JsonAsync()).AsArray());
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await PostAsync("""{"full_text":"first"}""", "key-2");

        var other = await PostAsync("""{"full_text":"second"}""", "key-2");

        await other.ProblemAsync(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refusal_is_not_remembered()
    {
        await (await PostAsync("""{"full_text":""}""", "key-3")).ProblemAsync(400, "validation");

        Assert.Equal(201, (int)(await PostAsync("""{"full_text":"now right"}""", "key-3")).StatusCode);
    }

    [Fact]
    public async Task Workspaces_do_not_share_keys()
    {
        await PostAsync("""{"full_text":"ours"}""", "key-4");
        using var theirs = Service.CreateClient(Guid.CreateVersion7());
        using var request = Request("""{"full_text":"theirs"}""", "key-4");

        var answer = await theirs.SendAsync(request);

        Assert.Equal("theirs", (string?)(await answer.JsonAsync())["text"]);
    }

    [Fact]
    public async Task A_malformed_key_is_refused() => await (await PostAsync("""{"full_text":"x"}""", "tab\there")).ProblemAsync(400, "validation");

    [Fact]
    public async Task An_overlong_key_is_refused() => await (await PostAsync("""{"full_text":"x"}""", new string('k', 256))).ProblemAsync(400, "validation");

    [Fact]
    public async Task A_refused_request_leaves_nothing_behind()
    {
        await (await Client.PostAsync("/v1/notes/failures", null)).ProblemAsync(409, "half-done");

        Assert.Empty((await (await Client.GetAsync("/v1/notes")).JsonAsync()).AsArray());
    }

    private Task<HttpResponseMessage> PostAsync(string json, string key) => Client.SendAsync(Request(json, key));

    private static HttpRequestMessage Request(string json, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/notes") { Content = Answers.Json(json) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }
}
