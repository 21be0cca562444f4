using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Contacts.Cards;

namespace Contacts.Avatars;

/// <summary>The picture of a contact that has none: its initials, or a person where no name is known, on a colour of its own.</summary>
internal sealed record GeneratedAvatar(Guid ContactId, string? Initials)
{
    /// <summary>Counts the changes of the drawing itself, which give every generated avatar another URL.</summary>
    private const int Design = 1;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static GeneratedAvatar For(Card card) => new(card.Id, Avatars.Initials.Of(card.State.Name));

    /// <summary>Names this picture, as an uploaded one's names that.</summary>
    public string Hash =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Design}\n{ContactId}\n{Initials}")).AsSpan(0, Picture.HashLength / 2));

    /// <param name="size">Of the square, in pixels; it scales to any.</param>
    public byte[] ToSvg(int size) =>
        Encoding.UTF8.GetBytes(
            new XElement(
                Svg + "svg",
                new XAttribute("width", size),
                new XAttribute("height", size),
                new XAttribute("viewBox", "0 0 100 100"),
                new XElement(Svg + "rect", new XAttribute("width", 100), new XAttribute("height", 100), new XAttribute("fill", AvatarColor.For(ContactId))),
                Initials is null ? Person() : Letters(Initials)
            ).ToString(SaveOptions.DisableFormatting)
        );

    private static XElement Letters(string initials) =>
        new(
            Svg + "text",
            new XAttribute("x", 50),
            new XAttribute("y", 50),
            // Centred by the capitals' height; dominant-baseline is not understood everywhere.
            new XAttribute("dy", "0.35em"),
            new XAttribute("text-anchor", "middle"),
            new XAttribute("direction", Script.IsRightToLeft(initials) ? "rtl" : "ltr"),
            new XAttribute("font-family", "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"),
            new XAttribute("font-size", new System.Globalization.StringInfo(initials).LengthInTextElements == 1 ? 50 : 42),
            new XAttribute("font-weight", 500),
            new XAttribute("fill", AvatarColor.Ink),
            initials
        );

    private static XElement Person() =>
        new(
            Svg + "path",
            new XAttribute("fill", AvatarColor.Ink),
            new XAttribute("d", "M50 20a18 18 0 1 1 0 36a18 18 0 1 1 0-36zM16 100c0-24 15-36 34-36s34 12 34 36z")
        );
}
