using ServiceDefaults.Authentication;
using Testing;

namespace ServiceDefaults.Tests.Problems;

public sealed class ProblemTests(PostgresFixture postgres) : NotesTests(postgres)
{
    [Theory]
    [InlineData("""{"full_text":""}""", "full_text")]
    [InlineData("""{"full_text":null}""", "full_text")]
    [InlineData("{}", "full_text")]
    [InlineData("""{"full_text":"x","nonsense":1}""", "nonsense")]
    [InlineData("""{"full_text":5}""", "full_text")]
    [InlineData("""{"full_text":"x","id":"not-a-uuid"}""", "id")]
    [InlineData("{", "$")]
    [InlineData("", "")]
    [InlineData("[]", "$")]
    public async Task A_body_that_is_not_right_is_answered_with_what_is_wrong(string body, string named)
    {
        var problem = await (await Client.PostAsync("/v1/notes", Answers.Json(body))).ProblemAsync(400, "validation");

        Assert.Contains(named, problem.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("NotesService", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_text_names_the_field_in_its_json_spelling()
    {
        var problem = await (await Client.PostAsync("/v1/notes", Answers.Json($$"""{"full_text":"{{new string('x', 101)}}"}"""))).ProblemAsync(
            400,
            "validation"
        );

        Assert.NotNull(problem["errors"]?["full_text"]);
    }

    [Fact]
    public async Task The_character_that_cannot_be_stored_is_a_bad_request() =>
        await (await Client.PostAsync("/v1/notes", Answers.Json("""{"full_text":"a\u0000b"}"""))).ProblemAsync(400, "validation");

    [Fact]
    public async Task A_wrong_media_type_is_a_problem_too() =>
        await (await Client.PostAsync("/v1/notes", new StringContent("full_text=x"))).ProblemAsync(415, "unsupported-media-type");

    [Fact]
    public async Task A_fault_of_ours_tells_no_details()
    {
        var problem = await (await Client.GetAsync("/v1/notes/crash")).ProblemAsync(500, "unexpected");

        Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_such_route_is_a_problem() => await (await Client.GetAsync("/v1/nothing")).ProblemAsync(404, "not-found");

    [Fact]
    public async Task Without_a_token_the_answer_is_401() => await (await Service.CreateClient().GetAsync("/v1/notes")).ProblemAsync(401, "unauthenticated");

    [Fact]
    public async Task Without_the_scope_the_answer_is_403() =>
        await (await Service.CreateClient(Workspace, Scopes.ContactsWrite).GetAsync("/v1/notes")).ProblemAsync(403, "forbidden");

    [Fact]
    public async Task A_token_signed_by_somebody_else_is_refused()
    {
        using var client = Service.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestTokens.Create(Workspace, Scopes.All)[..^8] + "AAAAAAAA");

        await (await client.GetAsync("/v1/notes")).ProblemAsync(401, "unauthenticated");
    }

    [Theory]
    [InlineData("""{"full_text":null}""", "(cleared)")]
    [InlineData("""{"full_text":"new"}""", "new")]
    [InlineData("{}", "old")]
    public async Task A_patch_tells_absent_from_null(string patch, string expected)
    {
        var id = Guid.CreateVersion7();
        await Client.PostAsync("/v1/notes", Answers.Json($$"""{"full_text":"old","id":"{{id}}"}"""));

        var answer = await Client.PatchAsync($"/v1/notes/{id}", Answers.Json(patch));

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal(expected, (string?)(await (await Client.GetAsync("/v1/notes")).JsonAsync())[0]!["text"]);
    }
}
