using PhoneNumbers;

namespace Identifiers;

/// <summary>Where a number's prefix says that it may be (libphonenumber's time zone data). A number that was carried elsewhere says nothing of it.</summary>
internal static class PhoneTimeZones
{
    private const string Unknown = "Etc/Unknown";

    private static readonly PhoneNumberToTimeZonesMapper Mapper = PhoneNumberToTimeZonesMapper.GetInstance();

    public static IReadOnlyList<string> Of(PhoneNumbers.PhoneNumber number)
    {
        var zones = Mapper.GetTimeZonesForNumber(number);
        // A range that the library does not know yet still has its area code.
        var known = zones.Contains(Unknown) ? Mapper.GetTimeZonesForGeographicalNumber(number) : zones;
        return [.. known.Where(zone => zone != Unknown)];
    }
}
