namespace Contacts.Avatars;

/// <summary>The ground of a generated avatar, <c>#rrggbb</c>. White on each of them has a contrast of 4.5:1 or more (WCAG 2.2, 1.4.3).</summary>
internal static class AvatarColor
{
    public const string Ink = "#ffffff";

    public static readonly IReadOnlyList<string> Palette =
    [
        "#b91c1c",
        "#c2410c",
        "#b45309",
        "#a16207",
        "#4d7c0f",
        "#15803d",
        "#047857",
        "#0f766e",
        "#0e7490",
        "#0369a1",
        "#1d4ed8",
        "#4338ca",
        "#6d28d9",
        "#7e22ce",
        "#a21caf",
        "#be185d",
        "#be123c",
        "#475569",
    ];

    /// <summary>The same for a contact whatever becomes of its name. The end of a UUIDv7 is random; its beginning is the time, which neighbours share.</summary>
    public static string For(Guid contactId)
    {
        Span<byte> bytes = stackalloc byte[16];
        contactId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Palette[(int)(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) % (uint)Palette.Count)];
    }
}
