using MudBlazor;

namespace Web.Components.Layout;

internal static class Theme
{
    private static readonly string[] Font = ["Inter", "system-ui", "sans-serif"];

    public static readonly MudTheme Contacts = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#3451d1",
            Background = "#f6f7f9",
            Surface = "#ffffff",
            TextPrimary = "#171a21",
            TextSecondary = "#5b6270",
            ActionDefault = "#5b6270",
            LinesDefault = "#e4e7ec",
            Divider = "#e4e7ec",
            AppbarBackground = "#ffffff",
            AppbarText = "#171a21",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#8ea2ff",
            PrimaryContrastText = "#10131c",
            Background = "#0f1117",
            Surface = "#171a22",
            TextPrimary = "#e8eaf0",
            TextSecondary = "#9aa2b1",
            ActionDefault = "#9aa2b1",
            LinesDefault = "#272b36",
            Divider = "#272b36",
            AppbarBackground = "#171a22",
            AppbarText = "#e8eaf0",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font },
            Button = new ButtonTypography
            {
                FontFamily = Font,
                TextTransform = "none",
                FontWeight = "600",
            },
        },
    };
}
