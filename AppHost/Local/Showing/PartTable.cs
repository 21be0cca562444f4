using System.Globalization;
using Contacts.AppHost.Local.Running;
using Spectre.Console;

namespace Contacts.AppHost.Local.Showing;

internal static class PartTable
{
    public static Table Of(IEnumerable<Part> parts)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Part", "State", "Address", "Process", "Restarts");
        foreach (var part in parts)
            table.AddRow(
                new Text(part.Name),
                new Text(part.State.ToString().ToLowerInvariant(), new Style(Colour(part.State))),
                new Text(part.Url),
                new Text(part.Pid == 0 ? "" : part.Pid.ToString(CultureInfo.InvariantCulture)),
                new Text(part.Restarts == 0 ? "" : part.Restarts.ToString(CultureInfo.InvariantCulture))
            );
        return table;
    }

    private static Color Colour(PartState state) =>
        state switch
        {
            PartState.Running => Color.Green,
            PartState.Starting or PartState.Restarting => Color.Yellow,
            PartState.Failed => Color.Red,
            _ => Color.Grey,
        };
}
