using System.Globalization;
using Contacts.Avatars;
using Contacts.Cards;
using FsCheck.Xunit;

namespace Contacts.Tests.Avatars;

public sealed class InitialsTests
{
    [Theory]
    [InlineData("John Smith", "JS")]
    [InlineData("john smith", "JS")]
    [InlineData("Mary Jane Watson", "MW")]
    [InlineData("Cher", "C")]
    [InlineData("Dr. Jane Doe", "JD")]
    [InlineData("John Smith Jr.", "JS")]
    [InlineData("Smith, John", "JS")]
    [InlineData("Vincent van Gogh", "VG")]
    [InlineData("Robert De Niro", "RD")]
    [InlineData("Charles de", "CD")]
    [InlineData("Élodie Ørsted", "ÉØ")]
    [InlineData("E\u0301lodie", "É")]
    [InlineData("işıl ünal", "IÜ")]
    [InlineData("Þór Æsir", "ÞÆ")]
    [InlineData("(Bob) \"Ross\"", "BR")]
    [InlineData("ʻIolani Kealoha", "IK")]
    [InlineData("4th Street Clinic", "4C")]
    [InlineData("𝓙𝓸𝓱𝓷 𝓢𝓶𝓲𝓽𝓱", "JS")]
    [InlineData("Анна Каренина", "АК")]
    [InlineData("Ελένη Παπαδοπούλου", "ΕΠ")]
    [InlineData("გიორგი მაისურაძე", "გმ")]
    public void Of_two_words_the_first_letters_of_one_its_first(string name, string initials) => Assert.Equal(initials, Initials.Of(PersonName.FromFull(name)));

    [Theory]
    [InlineData("王小明", "王")]
    [InlineData("山田 太郎", "山")]
    [InlineData("김철수", "김")]
    [InlineData("さくら", "さ")]
    [InlineData("𠮷野家", "𠮷")]
    [InlineData("דוד לוי", "דל")]
    [InlineData("محمد علي", "م ع")]
    [InlineData("مريم", "م")]
    [InlineData("क्षितिज शर्मा", "क्षिश")]
    [InlineData("नरेंद्र मोदी", "नमो")]
    [InlineData("เอกชัย", "อ")]
    public void Scripts_have_their_own_way(string name, string initials) => Assert.Equal(initials, Initials.Of(PersonName.FromFull(name)));

    [Theory]
    [InlineData("🦊", "🦊")]
    [InlineData("👩🏽‍🚀 ✨", "👩🏽‍🚀")]
    [InlineData("🇨🇦", "🇨🇦")]
    [InlineData("🦊 Fox", "F")]
    [InlineData("Anna 🌸", "A")]
    [InlineData("✨Anna✨ Bell", "AB")]
    public void Emoji_stand_for_a_name_that_has_no_letters(string name, string initials) => Assert.Equal(initials, Initials.Of(PersonName.FromFull(name)));

    [Theory]
    [InlineData(null)]
    [InlineData("?")]
    [InlineData("+1 604 555 1234")]
    [InlineData("--- ...")]
    [InlineData(",")]
    public void Nothing_stands_for_no_name(string? name) => Assert.Null(Initials.Of(PersonName.FromFull(name)));

    [Fact]
    public void A_pile_of_marks_is_cut_down() => Assert.Equal("A", Initials.Of(PersonName.FromFull("A" + new string('\u0315', 150))));

    [Fact]
    public void Parts_alone_are_enough()
    {
        Assert.Equal("S", Initials.Of(PersonName.FromParts(null, "Smith")));
        Assert.Equal("JS", Initials.Of(PersonName.FromParts("John", "Smith")));
    }

    [Property]
    public void Any_name_that_can_be_stored_has_at_most_two_letters_and_makes_a_picture(string? name)
    {
        if (name is null || !Identifiers.Utf16.IsWellFormed(name))
        {
            return;
        }
        var initials = Initials.Of(PersonName.FromFull(name.Length == 0 ? null : name));

        Assert.InRange(new StringInfo((initials ?? "").Replace(" ", "", StringComparison.Ordinal)).LengthInTextElements, 0, 2);
        new GeneratedAvatar(Guid.CreateVersion7(), initials).ToSvg(32);
    }
}
