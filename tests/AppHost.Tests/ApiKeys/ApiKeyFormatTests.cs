using Identity.ApiKeys;

namespace AppHost.Tests.ApiKeys;

public sealed class ApiKeyFormatTests
{
    // CRC-32 (IEEE) of "ck_" and forty zeros is 2A8CDF57 hexadecimal.
    private const string Known = "ck_0000000000000000000000000000000000000000";

    [Fact]
    public void Created_keys_are_well_formed_and_differ()
    {
        var (one, two) = (ApiKeyFormat.Create(), ApiKeyFormat.Create());

        Assert.True(ApiKeyFormat.IsWellFormed(one));
        Assert.Equal(49, one.Length);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void One_wrong_character_anywhere_is_noticed()
    {
        var key = ApiKeyFormat.Create();
        for (var i = 0; i < key.Length; i++)
        {
            var wrong = key[..i] + (key[i] == 'x' ? 'y' : 'x') + key[(i + 1)..];
            Assert.False(ApiKeyFormat.IsWellFormed(wrong), wrong);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ck_")]
    [InlineData(Known)]
    [InlineData(Known + "000000")]
    [InlineData(Known + "ääääää")]
    public void Anything_else_is_refused(string key) => Assert.False(ApiKeyFormat.IsWellFormed(key));
}
