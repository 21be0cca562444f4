using System.Globalization;
using System.Text.RegularExpressions;

namespace CommunicationsIngest.Capture;

/// <summary>A time as people say it: "tomorrow at 3", "in two hours", "Friday after 5 pm"; English, with the commonest of Spanish and French.</summary>
internal static partial class CallbackTime
{
    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    private static readonly Dictionary<string, DayOfWeek> Weekdays = new(StringComparer.OrdinalIgnoreCase)
    {
        ["sun"] = DayOfWeek.Sunday,
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["dom"] = DayOfWeek.Sunday,
        ["lun"] = DayOfWeek.Monday,
        ["mar"] = DayOfWeek.Tuesday,
        ["mié"] = DayOfWeek.Wednesday,
        ["mie"] = DayOfWeek.Wednesday,
        ["mer"] = DayOfWeek.Wednesday,
        ["jue"] = DayOfWeek.Thursday,
        ["jeu"] = DayOfWeek.Thursday,
        ["vie"] = DayOfWeek.Friday,
        ["ven"] = DayOfWeek.Friday,
        ["sáb"] = DayOfWeek.Saturday,
        ["sab"] = DayOfWeek.Saturday,
        ["sam"] = DayOfWeek.Saturday,
        ["dim"] = DayOfWeek.Sunday,
    };

    /// <summary>The first time in a text.</summary>
    public static (string Words, int Start)? Find(string text) =>
        Phrase().Match(text) is { Success: true } match ? (match.Value.TrimEnd(' ', ','), match.Index) : null;

    /// <summary>
    /// When that is, UTC. Null where the words leave it open ("Monday morning", "before noon", a Friday said on a Friday), and, but for "in two hours", where the person's
    /// time zone is not known. Without am or pm, 1 to 6 is the afternoon and 8 to 12 is the day: nobody asks to be called at 3 at night.
    /// </summary>
    public static DateTimeOffset? Resolve(Callback callback, TimeZoneInfo? zone)
    {
        var match = Phrase().Match(callback.Words);
        if (!match.Success)
        {
            return null;
        }
        if (match.Groups["unit"].Success)
        {
            return match.Groups["clock"].Success || match.Groups["day"].Success
                ? null
                : After(callback.SaidAt, match.Groups["count"].Value, match.Groups["unit"].Value);
        }
        if (zone is null || match.Groups["clock"].Captures.Count != 1 || match.Groups["day"].Captures.Count > 1)
        {
            return null;
        }
        var now = TimeZoneInfo.ConvertTime(callback.SaidAt, zone);
        if (Hour(match) is not { } time || Date(match, DateOnly.FromDateTime(now.DateTime)) is not { } date)
        {
            return null;
        }
        var local = date.ToDateTime(time);
        if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local))
        {
            return null;
        }
        var at = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        return at > callback.SaidAt ? at : null;
    }

    private static DateTimeOffset? After(DateTimeOffset at, string count, string unit)
    {
        double? number = count.ToLowerInvariant() switch
        {
            "a" or "an" => 1,
            "half an" => 0.5,
            var word when Array.IndexOf(Numbers, word) is > 0 and var index => index,
            var digits when int.TryParse(digits, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => null,
        };
        return unit[0] switch
        {
            'm' or 'M' => number is { } minutes ? at.AddMinutes(minutes) : null,
            'h' or 'H' => number is { } hours ? at.AddHours(hours) : null,
            _ => null,
        };
    }

    private static TimeOnly? Hour(Match match)
    {
        if (match.Groups["before"].Success)
        {
            return null;
        }
        if (match.Groups["noon"].Success)
        {
            return new(12, 0);
        }
        var text = match.Groups["hour"].Value;
        var hour = Array.IndexOf(Numbers, text.ToLowerInvariant()) is > 0 and var index ? index : int.Parse(text, CultureInfo.InvariantCulture);
        var minute = match.Groups["minute"].Success ? int.Parse(match.Groups["minute"].Value, CultureInfo.InvariantCulture) : 0;
        if (hour > 23 || minute > 59)
        {
            return null;
        }
        var half = match.Groups["half"].Value.ToLowerInvariant();
        var isLate = half.StartsWith('p') || match.Groups["late"].Success;
        var isEarly = half.StartsWith('a') || match.Groups["early"].Success;
        if (hour > 12 || match.Groups["h"].Success)
        {
            return new(hour, minute);
        }
        return (hour, isLate, isEarly) switch
        {
            (_, true, true) => null,
            (12, _, true) => new(0, minute),
            (12, _, _) => new(12, minute),
            (0, _, _) => null,
            (_, true, _) => new(hour + 12, minute),
            (_, _, true) => new(hour, minute),
            (<= 6, _, _) => new(hour + 12, minute),
            (7, _, _) => null,
            _ => new(hour, minute),
        };
    }

    private static DateOnly? Date(Match match, DateOnly today)
    {
        if (match.Groups["next"].Success)
        {
            return null;
        }
        if (match.Groups["tomorrow"].Success)
        {
            return today.AddDays(1);
        }
        if (match.Groups["weekday"] is { Success: true, Value: var name })
        {
            var days = ((int)Weekdays[name[..3]] - (int)today.DayOfWeek + 7) % 7;
            return days == 0 ? null : today.AddDays(days);
        }
        return today;
    }

    // Days, parts of the day and clock times in any order, up to five of them.
    [GeneratedRegex(
        """
            (?<![\p{L}\d])(?:(?:
              (?<day>(?:today|hoy|aujourd'hui)\b | (?<late>tonight)\b | (?<tomorrow>tomorrow|demain|mañana)\b
                | (?:on\s|this\s|el\s|(?<next>next\s))?(?<weekday>(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday|sun|mon|tues|wed|thurs|fri|sat|domingo|lunes|martes|miércoles|miercoles|jueves|viernes|sábado|sabado|dimanche|lundi|mardi|mercredi|jeudi|vendredi|samedi))\b
                | (?<next>next\sweek|this\sweek|the\sday\safter\stomorrow)\b)
              | (?:in\sthe\s|this\s|por\sla\s|de\sla\s)?(?:(?<early>morning|matin|(?<=la\s)mañana)|(?<late>afternoon|evening|tarde|noche|après-midi|soir))\b
              | (?<clock>(?:at|around|about|@|(?<before>before|by|between|until)|after|past|a\slas?|à|vers|después\sde\slas?|après)\s?
                  (?:(?<noon>noon|midday|midi)\b
                    | (?<hour>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?![\d\-)]|\s\d)(?:(?::|(?<h>\s?h\s?))(?<minute>\d{2})|(?<h>\s?h\b))?(?:\s?(?<half>[ap]m\b|[ap]\.m\.?)|\so'clock)?)
                | (?<hour>\d{1,2})(?::(?<minute>\d{2}))?\s?(?<half>[ap]m\b|[ap]\.m\.?))
              | in\s(?:about\s)?(?<count>a|an|half\san|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}|a\scouple\sof|a\sfew)\s(?<unit>minute|min|hour|day|week)s?\b
            )(?:,?\s(?=\S))?){1,5}
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex Phrase();
}
