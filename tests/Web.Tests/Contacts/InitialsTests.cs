using Web.Contacts;

namespace Web.Tests.Contacts;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("Jane Doe", "JD")]
    [InlineData("jane van der doe", "JD")]
    [InlineData("José", "J")]
    [InlineData("  ", "")]
    [InlineData(null, "")]
    [InlineData("山田 太郎", "山太")]
    [InlineData("<img src=x>", "S")]
    public void Initials_are_of_the_first_and_the_last_word(string? name, string initials) => Assert.Equal(initials, Initials.Of(name));
}
