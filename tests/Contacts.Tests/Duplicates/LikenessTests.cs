using Contacts.Cards;
using Contacts.Duplicates;

namespace Contacts.Tests.Duplicates;

public sealed class LikenessTests
{
    [Theory]
    // The same mailbox, the same line.
    [InlineData("", "", "john.smith@gmail.com", "johnsmith+shop@googlemail.com", "", "", 0.9)]
    [InlineData("John Smith|", "John Smith|", "a@example.com", "a+b@example.com", "", "", 0.945)]
    [InlineData("John Smith|", "Mary Miller|", "family@example.com", "family+x@example.com", "", "", 0.63)]
    [InlineData("", "", "", "", "+5491123456789", "+541123456789", 0.9)]
    // Alike in two ways.
    [InlineData("John Smith|", "John Smith|", "", "", "+16045551234", "+16045551235", 0.643)]
    [InlineData("John Smith|", "Smith, John|", "", "", "+16045551234", "+16045551235", 0.643)]
    [InlineData("José Núñez|", "JOSE NUNEZ|", "", "", "+16045551234", "+16045951234", 0.643)]
    [InlineData("John Smith|Acme", "John Smith|ACME", "", "", "+16045551234", "+16045551235", 0.75)]
    [InlineData("John Smith|", "John Smith|", "", "", "+16045551234", "+17785551234", 0.643)]
    [InlineData("John Smith|", "Jon Smith|", "", "", "+16045551234", "+17785551234", 0.6)]
    [InlineData("John Smith|", "J. Smith|", "jsmith@example.com", "jsmith@example.org", "", "", 0.6)]
    [InlineData("John Smith|Acme", "John Smith|Acme", "", "x@example.com", "+16045551234", "", 0.615)]
    // Not enough.
    [InlineData("John Smith|", "John Smith|", "", "", "+16045551234", "+17789998888", 0)]
    [InlineData("John Smith|", "John Smith|", "", "", "+16045551234", "+16045551256", 0)]
    [InlineData("John Smith|", "Mary Miller|", "", "", "+16045551234", "+17785551234", 0)]
    [InlineData("|", "|", "", "", "+16045551234", "+17785551234", 0)]
    [InlineData("John Smith|", "Mary Miller|", "js@example.com", "js@example.org", "", "", 0)]
    [InlineData("John Smith|", "John Smith|", "info@example.com", "info@example.org", "", "", 0)]
    [InlineData("John|Acme", "John|Acme", "", "", "+16045551234", "+16045551235", 0)]
    [InlineData("|Acme", "|Acme", "", "", "+16045551234", "+17785551234", 0)]
    public void Scores(string one, string other, string email, string otherEmail, string phone, string otherPhone, double atLeast)
    {
        var (a, b) = (State(one, email, phone), State(other, otherEmail, otherPhone));

        var likeness = Likeness.Between(a, b, _ => true);

        Assert.Equal(likeness.Score, Likeness.Between(b, a, _ => true).Score);
        Assert.Equal(atLeast > 0, likeness.IsEnough);
        Assert.True(!likeness.IsEnough || likeness.Score >= atLeast - 0.001, $"{likeness.Score}");
        Assert.True(!likeness.IsEnough || likeness.Score < atLeast + 0.06, $"{likeness.Score}");
    }

    [Fact]
    public void What_many_share_or_several_use_shows_nothing()
    {
        var (a, b) = (State("John Smith|", "a@example.com", ""), State("John Smith|", "a+b@example.com", ""));

        Assert.False(Likeness.Between(a, b, _ => false).IsEnough);
        Assert.False(Likeness.Between(a with { Identities = [.. a.Identities.Select(identity => identity with { IsShared = true })] }, b, _ => true).IsEnough);
    }

    private static ContactState State(string nameAndCompany, string email, string phone)
    {
        var (name, company) = (nameAndCompany.Split('|')[0], nameAndCompany.Contains('|', StringComparison.Ordinal) ? nameAndCompany.Split('|')[1] : "");
        var state = new ContactState { Name = PersonName.FromFull(name.Length == 0 ? null : name), Company = company.Length == 0 ? null : company };
        state = email.Length == 0 ? state : state.WithIdentities(IdentityKinds.Email, [email]);
        return phone.Length == 0 ? state : state.WithIdentities(IdentityKinds.Phone, [phone]);
    }
}
