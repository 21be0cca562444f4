using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using PhoneNumbers;

namespace Identifiers.Tests;

/// <summary>Whatever is typed: what is read from it reads as itself, by every way in.</summary>
public sealed class NormalisationProperties
{
    private const string Alphabet = "abzABZ09ßİıéжλ漢あ😀 \u00a0\u0308\u200d\u212a.+-_'@:;";

    private static readonly PhoneNumberUtil Library = PhoneNumberUtil.GetInstance();

    private static readonly (string Region, PhoneNumbers.PhoneNumber Number)[] Examples =
    [
        .. from region in Library.GetSupportedRegions()
        from type in Enum.GetValues<PhoneNumberType>()
        let number = Library.GetExampleNumberForType(region, type)
        where number is not null
        select (region, number),
    ];

    [Fact]
    public void An_example_of_every_region_and_type_is_read_once_and_for_all()
    {
        Assert.True(Examples.Select(example => example.Region).Distinct().Count() > 240);
        Assert.All(Examples, example => AssertStable(Library.Format(example.Number, PhoneNumberFormat.E164), example.Region));
    }

    [Fact]
    public void An_example_of_every_region_and_type_is_one_number_in_each_way_of_writing_it() =>
        Assert.All(
            Examples,
            example =>
            {
                var forms = new[] { PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL, PhoneNumberFormat.RFC3966 }
                    .Select(format => Read(Library.Format(example.Number, format), example.Region))
                    .Distinct();
                Assert.Single(forms);
            }
        );

    [Property(MaxTest = 3_000)]
    public Property Numbers_near_the_examples_are_stable() =>
        Prop.ForAll(
            (
                from example in Gen.Elements(Examples)
                from format in Gen.Elements(PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)
                from place in Gen.Choose(1, 12)
                from digit in Gen.Choose(0, 9)
                from times in Gen.Choose(0, 2)
                select (example.Region, Text: Change(Library.Format(example.Number, format), place, digit, times))
            ).ToArbitrary(),
            typed =>
            {
                AssertStable(typed.Text, typed.Region);
                AssertStable(typed.Text, "US");
            }
        );

    [Property(MaxTest = 3_000)]
    public Property Numbers_of_countries_with_variants_are_stable() =>
        Prop.ForAll(
            (
                from code in Gen.Elements("52", "54", "55")
                from mark in Gen.Elements("", "1", "9", "0", "01", "044", "90", "15", "911", "91115", "11", "21", "2966")
                from digits in Several(Gen.Choose(0, 9), 6, 12)
                select $"+{code}{mark}{string.Concat(digits)}"
            ).ToArbitrary(),
            typed => AssertStable(typed, "US")
        );

    [Property(MaxTest = 2_000)]
    public Property Email_addresses_are_stable() =>
        Prop.ForAll(
            (
                from local in Text(1, 8)
                from host in Gen.Elements(
                    "gmail.com",
                    "GoogleMail.com",
                    "Example.COM",
                    "bücher.example",
                    "xn--bcher-kva.example",
                    "STRASSE.example",
                    "straße.example",
                    "a_b.example"
                )
                select $"{local}@{host}"
            ).ToArbitrary(),
            typed =>
            {
                if (EmailAddress.TryParse(typed, out var once))
                {
                    Assert.True(EmailAddress.TryParse(once.Value, out var again), once.Value);
                    Assert.Equal(once, again);
                    Assert.Equal(once.LikenessKey, again.LikenessKey);
                }
            }
        );

    [Property(MaxTest = 2_000)]
    public Property External_ids_are_stable() =>
        Prop.ForAll(
            (from system in Gen.Elements("hubspot", "HubSpot", " sap_1", "a-b", "K") from id in Text(1, 8) select $"{system}:{id}").ToArbitrary(),
            typed =>
            {
                if (ExternalId.TryParse(typed, out var once))
                {
                    Assert.True(ExternalId.TryParse(once.Value, out var again), once.Value);
                    Assert.Equal(once, again);
                }
            }
        );

    private static Gen<string> Text(int shortest, int longest) =>
        from runes in Several(Gen.Elements(Alphabet.EnumerateRunes().ToArray()), shortest, longest)
        select string.Concat(runes);

    private static Gen<T[]> Several<T>(Gen<T> element, int shortest, int longest) => Gen.Choose(shortest, longest).SelectMany(element.ArrayOf);

    private static string? Read(string text, string country) => PhoneNumber.TryParse(text, country, out var number) ? number.E164 : null;

    private static void AssertStable(string text, string country)
    {
        if (PhoneNumber.TryParse(text, country, out var once))
        {
            Assert.True(PhoneNumber.TryParse(once.E164, country, out var again), $"{text} ({country}) is {once}, which is refused");
            Assert.Equal(once, again);
            Assert.True(PhoneNumber.TryParse(once.E164, "DE", out var elsewhere));
            Assert.Equal(once, elsewhere);
            Assert.True(PhoneNumber.TryParseCallerId(once.E164, out var called), $"{text} ({country}) is {once}, which cannot call");
            Assert.Equal(once, called);
            Assert.NotEmpty(once.LikenessKey);
        }
        if (PhoneNumber.TryParseCallerId(text, out var caller))
        {
            Assert.True(PhoneNumber.TryParseCallerId(caller.E164, out var again), $"{text} calls as {caller}, which cannot call");
            Assert.Equal(caller, again);
        }
    }

    private static string Change(string text, int place, int digit, int times) =>
        place > text.Length ? text : text[..^place] + string.Concat(Enumerable.Repeat((char)('0' + digit), times)) + text[^(place - 1)..];
}
