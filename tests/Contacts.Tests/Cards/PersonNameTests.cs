using Contacts.Cards;

namespace Contacts.Tests.Cards;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("John Smith", "John", "Smith")]
    [InlineData("Cher", "Cher", null)]
    [InlineData("John Smith Jr.", "John", "Smith Jr.")]
    [InlineData("John Smith, Jr.", "John", "Smith Jr.")]
    [InlineData("Smith, John", "John", "Smith")]
    [InlineData("Mary Jane Watson", "Mary Jane", "Watson")]
    [InlineData("Ludwig van Beethoven", "Ludwig", "van Beethoven")]
    [InlineData("Maria de la Cruz", "Maria", "de la Cruz")]
    [InlineData("Van Morrison", "Van", "Morrison")]
    [InlineData("Dr. Jane Doe", "Jane", "Doe")]
    [InlineData("Dr.", "Dr.", null)]
    [InlineData("Jr.", "Jr.", null)]
    [InlineData("王小明", "王小明", null)]
    [InlineData(",", "", null)]
    public void A_full_name_is_split_and_kept(string full, string? first, string? last) =>
        Assert.Equal(new PersonName(full, first, last), PersonName.FromFull(full));
}
