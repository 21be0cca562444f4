using System.IO.Hashing;
using System.Text;
using Contacts.Cards;
using Identifiers;

namespace Contacts.Duplicates;

/// <summary>What two contacts that may be one person have in common.</summary>
internal enum MatchKind
{
    /// <summary>Emails that most likely reach one mailbox.</summary>
    Mailbox,

    /// <summary>Emails that are equal before the @.</summary>
    LocalPart,

    /// <summary>Phones that are most likely one line.</summary>
    Line,

    /// <summary>Phones with the same last seven digits.</summary>
    Tail,

    /// <summary>The same name, and phones that are equal but for the last four digits, or in the last four: two that differ in one digit have the one or the other.</summary>
    NameAndPhone,

    /// <summary>The same name in the same company.</summary>
    NameAndCompany,
}

/// <param name="Hash">Of kind and value, so that the table is narrow and holds nothing that could be read.</param>
internal readonly record struct MatchKey(MatchKind Kind, Guid Hash)
{
    /// <summary>What more contacts than this have in common is common, and shows nothing: a switchboard's digits, the names of a large company's people.</summary>
    public const int MaxContacts = 50;

    private const int MaxNamesakes = 10;
    private const int TailDigits = 7;
    private const int LastDigits = 4;
    private const int MinDigits = 9;
    private const int MinLocalPart = 3;

    /// <summary>Mailboxes of roles, which every company has (RFC 2142 and its like): the same one elsewhere says nothing.</summary>
    private static readonly HashSet<string> Roles =
    [
        .. "abuse admin administrator billing bookings contact enquiries hello help helpdesk hi hr info inquiries jobs mail marketing noreply no-reply office orders postmaster press reception sales service support team webmaster".Split(
            ' '
        ),
    ];

    public bool IsCommonTo(int contacts) => contacts > (Kind == MatchKind.NameAndCompany ? MaxNamesakes : MaxContacts);

    /// <summary>All that could show a contact to be another one. What several people share shows nothing, and gives none.</summary>
    public static IReadOnlyList<MatchKey> Of(ContactState contact)
    {
        var keys = new HashSet<MatchKey>();
        var name = FoldedName.Of(contact.Name.Full);
        foreach (var email in OwnValues(contact, IdentityKinds.Email))
        {
            if (EmailAddress.TryParse(email, out var address))
            {
                Add(MatchKind.Mailbox, address.LikenessKey);
                var local = address.LikenessKey[..address.LikenessKey.LastIndexOf('@')];
                if (local.Length >= MinLocalPart && !Roles.Contains(local))
                {
                    Add(MatchKind.LocalPart, local.Replace(".", "", StringComparison.Ordinal));
                }
            }
        }
        foreach (var phone in OwnValues(contact, IdentityKinds.Phone).Where(phone => phone.Length > MinDigits))
        {
            if (PhoneNumber.TryParseCallerId(phone, out var number))
            {
                Add(MatchKind.Line, number.LikenessKey);
            }
            Add(MatchKind.Tail, phone[^TailDigits..]);
            if (name is { IsFull: true })
            {
                Add(MatchKind.NameAndPhone, $"{name.Sorted} {phone[..^LastDigits]}");
                Add(MatchKind.NameAndPhone, $"{name.Sorted} {phone[^LastDigits..]}");
            }
        }
        if (name is { IsFull: true } && FoldedName.Of(contact.Company) is { } company)
        {
            Add(MatchKind.NameAndCompany, $"{name.Sorted} @ {company.Text}");
        }
        return [.. keys];

        void Add(MatchKind kind, string value) => keys.Add(new(kind, new Guid(XxHash128.Hash(Encoding.UTF8.GetBytes($"{kind} {value}")), bigEndian: true)));
    }

    public static IEnumerable<string> OwnValues(ContactState contact, string kind) =>
        contact.Identities.Where(identity => identity.Kind == kind && !identity.IsShared).Select(identity => identity.Value);
}
