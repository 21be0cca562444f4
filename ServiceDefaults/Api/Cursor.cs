using System.Buffers.Binary;
using System.Buffers.Text;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Api;

/// <summary>
/// Where a list ordered by (time, id) goes on: the keyset of the last row seen, to PostgreSQL's microsecond, as 24 bytes in base64url. Binds from a query parameter;
/// anything else is refused with 400.
/// </summary>
public readonly record struct Cursor(DateTimeOffset At, Guid Id) : IParsable<Cursor>
{
    private const int Length = 24;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static Cursor Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var cursor) ? cursor : throw new BadHttpRequestException("cursor: not one that this API gave out.");

    public static bool TryParse(string? s, IFormatProvider? provider, out Cursor result)
    {
        result = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (s is not { Length: 32 } || !Base64Url.IsValid(s) || !Base64Url.TryDecodeFromChars(s, bytes, out var written) || written != Length)
        {
            return false;
        }
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }
        result = new(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
        return true;
    }
}
