using ServiceDefaults.Api;
using Testing;

namespace ServiceDefaults.Tests.Api;

public sealed class CursorTests(PostgresFixture postgres) : NotesTests(postgres)
{
    [Fact]
    public void A_cursor_comes_back_as_it_went()
    {
        var cursor = new Cursor(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero).AddTicks(1234560), Guid.CreateVersion7());

        Assert.True(Cursor.TryParse(cursor.ToString(), null, out var back));
        Assert.Equal(cursor, back);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA*")]
    [InlineData("______________________________8")]
    [InlineData("________________________________")]
    public async Task Anything_else_is_refused(string text) =>
        await (await Client.GetAsync($"/v1/notes/page?cursor={Uri.EscapeDataString(text)}")).ProblemAsync(400, "validation");
}
