using Identity.ApiKeys;

namespace Identity.Tests.ApiKeys;

public sealed class ApiKeyFormatTests
{
    [Fact]
    public void Made_keys_are_well_formed_and_differ()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => ApiKeyFormat.Create()).ToList();

        Assert.All(keys, key => Assert.True(ApiKeyFormat.IsWellFormed(key)));
        Assert.All(keys, key => Assert.Matches("^ck_[0-9A-Za-z]{46}$", key));
        Assert.Equal(1_000, keys.Distinct().Count());
    }

    [Fact]
    public void Any_one_changed_character_is_noticed()
    {
        var key = ApiKeyFormat.Create();
        for (var i = 0; i < key.Length; i++)
        {
            var changed = key[..i] + (key[i] == 'a' ? 'b' : 'a') + key[(i + 1)..];
            Assert.False(ApiKeyFormat.IsWellFormed(changed), changed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ck_")]
    [InlineData("cs_0000000000000000000000000000000000000000000000")]
    [InlineData("ck_000000000000000000000000000000000000000é000000")]
    public void Anything_else_is_refused(string text) => Assert.False(ApiKeyFormat.IsWellFormed(text));

    [Fact]
    public void The_checksum_is_the_crc_32_of_what_stands_before_it() =>
        // CRC-32 of "ck_" and forty zeros, as another implementation (zlib) has it.
        Assert.True(ApiKeyFormat.IsWellFormed("ck_00000000000000000000000000000000000000001zn7iO"));
}
