using System.Text.RegularExpressions;

namespace Contacts.AppHost.Local.Showing;

internal enum Severity
{
    Information,
    Warning,
    Error,
}

/// <summary>How bad a log line is, by the marks of .NET's console logger, PostgreSQL and RabbitMQ.</summary>
internal static partial class Severities
{
    public static Severity Of(string line) =>
        ErrorMark().IsMatch(line) ? Severity.Error
        : WarningMark().IsMatch(line) ? Severity.Warning
        : Severity.Information;

    [GeneratedRegex(@"^(\S+ )?(fail|crit): |^Unhandled exception\b| (ERROR|FATAL(?!:  the database system is starting up)|PANIC):  | \[(error|critical)\] ")]
    private static partial Regex ErrorMark();

    [GeneratedRegex(@"^(\S+ )?warn: | WARNING:  | \[warning\] ")]
    private static partial Regex WarningMark();
}
