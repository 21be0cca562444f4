using System.Buffers.Text;
using Messages.Contacts;
using PhoneNumbers;
using SearchIndexer.Terms;

namespace SearchIndexer.Engines;

/// <summary>
/// The lexemes of a contact and the tsquery of terms. Each begins with the workspace, so that a prefix is read from that workspace's stretch of the index and not from
/// everybody's, then with its kind. They are letters, digits, - and _ only, so nothing in them needs quoting.
/// </summary>
internal static class Lexeme
{
    private const char Word = 'w';
    private const char Phone = 'p';
    private const char ReversedPhone = 'r';

    /// <summary>tsvector takes a megabyte; a contact with longer notes is found by the first words of them.</summary>
    private const int MaxPerContact = 4_000;

    /// <returns>A tsvector as text.</returns>
    public static string VectorOf(Guid workspaceId, ContactCard card)
    {
        var scope = Scope(workspaceId);
        var lexemes = PhonesOf(card).Concat(WordsOf(card).Select(word => Word + word)).Distinct(StringComparer.Ordinal).Take(MaxPerContact);
        return string.Join(' ', lexemes.Select(lexeme => $"'{scope}{lexeme}'"));
    }

    /// <returns>A tsquery as text.</returns>
    public static string QueryOf(Guid workspaceId, IReadOnlyList<Term> terms)
    {
        var scope = Scope(workspaceId);
        return string.Join(" & ", terms.Select(term => QueryOf(scope, term)));
    }

    private static string QueryOf(string scope, Term term) =>
        term switch
        {
            WordTerm word => Prefix(scope, Word, word.Prefix),
            NumberTerm number => $"({string.Join(" | ", Alternatives(scope, number))})",
            _ => throw new NotSupportedException(term.GetType().Name),
        };

    private static IEnumerable<string> Alternatives(string scope, NumberTerm number)
    {
        yield return Prefix(scope, Phone, number.Digits);
        if (number.Digits.Length >= NumberTerm.MinSuffix)
        {
            yield return Prefix(scope, ReversedPhone, Reverse(number.Digits));
        }
        yield return $"({string.Join(" & ", number.Words.Select(word => Prefix(scope, Word, word)))})";
    }

    private static string Prefix(string scope, char kind, string text) => $"'{scope}{kind}{text}':*";

    private static IEnumerable<string> WordsOf(ContactCard card) =>
        new[] { card.Name, card.FirstName, card.LastName }
            .Concat(card.Identities.Where(identity => identity.Kind == IdentityKind.Email).Select(identity => identity.Value))
            .Append(card.Company)
            .Append(card.Notes)
            .OfType<string>()
            .SelectMany(Words.WithParts);

    private static IEnumerable<string> PhonesOf(ContactCard card)
    {
        foreach (var phone in card.Identities.Where(identity => identity.Kind == IdentityKind.Phone))
        {
            var digits = phone.Value.TrimStart('+');
            yield return Phone + digits;
            yield return ReversedPhone + Reverse(digits);
            if (NationalDigits(phone.Value) is { } national)
            {
                yield return Phone + national;
            }
        }
    }

    /// <summary>What is dialled inside the country, so that an area code finds its numbers.</summary>
    private static string? NationalDigits(string e164)
    {
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            return phones.GetNationalSignificantNumber(phones.Parse(e164, null));
        }
        catch (NumberParseException)
        {
            // A short code, or a number of a plan that the library does not know: found by its digits as they are.
            return null;
        }
    }

    private static string Reverse(string digits) =>
        string.Create(
            digits.Length,
            digits,
            (span, source) =>
            {
                source.CopyTo(span);
                span.Reverse();
            }
        );

    /// <summary>The random end of the workspace's id: two that share it would only cost each other time, for the workspace itself is compared too.</summary>
    private static string Scope(Guid workspaceId)
    {
        Span<byte> bytes = stackalloc byte[16];
        workspaceId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes[8..]);
    }
}
