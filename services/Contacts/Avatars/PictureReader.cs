using System.Security.Cryptography;
using System.Threading.RateLimiting;
using NetVips;

namespace Contacts.Avatars;

/// <summary>
/// Makes a <see cref="Picture"/> out of bytes that anybody may have sent. Only three formats' decoders can be reached at all; the header's dimensions are checked before a
/// pixel is decoded; so many pictures are decoded at once, so many wait, the others are told to come back. A decoder takes up to 350 MB (interlaced 16-bit PNG), mostly a few.
/// </summary>
internal sealed class PictureReader : IDisposable
{
    public const int MaxBytes = 5 * 1024 * 1024;
    public const int MaxPixels = 40_000_000;

    private const int Quality = 82;

    /// <summary>Progressive pictures have a dozen. Each goes over all of the picture, in a few bytes where it says nothing: thousands would take minutes.</summary>
    private const int MaxScans = 100;

    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    private readonly ConcurrencyLimiter _capacity;

    static PictureReader()
    {
        // Whoever sent the file is told that it is broken; row by row in our log it would only fill the disk.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);
        NetVips.NetVips.Concurrency = 1;
        // Remembers operations and with them pictures: nobody uploads the same one again.
        Cache.Max = 0;
        Operation.Block("VipsForeignLoad", true);
        Operation.Block("VipsForeignLoadPng", false);
        Operation.Block("VipsForeignLoadJpeg", false);
        Operation.Block("VipsForeignLoadWebp", false);
    }

    /// <param name="atOnce">Pictures decoded at the same time.</param>
    /// <param name="waiting">Pictures that wait for their turn, 5 MB each at most.</param>
    public PictureReader(int atOnce = 2, int waiting = 32) => _capacity = new(new() { PermitLimit = atOnce, QueueLimit = waiting });

    public async Task<PictureResult> ReadAsync(byte[] body, CancellationToken cancellationToken)
    {
        if (!IsPng(body) && !IsJpeg(body) && !IsWebP(body))
        {
            return AvatarProblems.Unsupported();
        }
        using var turn = await _capacity.AcquireAsync(1, cancellationToken);
        return turn.IsAcquired ? Decode(body) : AvatarProblems.Busy();
    }

    private static bool IsPng(ReadOnlySpan<byte> body) => body.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    private static bool IsJpeg(ReadOnlySpan<byte> body) =>
        body.StartsWith<byte>([0xFF, 0xD8, 0xFF]) && body.Count((ReadOnlySpan<byte>)[0xFF, 0xDA]) <= MaxScans;

    private static bool IsWebP(ReadOnlySpan<byte> body) => body.Length > 12 && body.StartsWith("RIFF"u8) && body[8..].StartsWith("WEBP"u8);

    private static PictureResult Decode(byte[] body)
    {
        try
        {
            // Reads the header; the rest when it is asked for. Of an animation, the first picture.
            using var image = Image.NewFromBuffer(body, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
            if ((long)image.Width * image.Height > MaxPixels)
            {
                return AvatarProblems.TooManyPixels();
            }
            using var square = CutSquare(image);
            return Scale(square);
        }
        catch (VipsException)
        {
            return AvatarProblems.Unsupported();
        }
    }

    /// <summary>Before anything is scaled: a picture of 30,000 by 1 scaled to its shorter side would be one of 15 million by 512.</summary>
    private static Image CutSquare(Image image)
    {
        var side = Math.Min(image.Width, image.Height);
        return image.ExtractArea((image.Width - side) / 2, (image.Height - side) / 2, side, side);
    }

    private static Picture Scale(Image square)
    {
        // Turns it upright by its orientation, and its colours into those that browsers assume where no profile says another.
        using var scaled = square.ThumbnailImage(AvatarSize.Largest, height: AvatarSize.Largest, outputProfile: "srgb");
        using var largest = scaled.CopyMemory();
        var contents = AvatarSize.All.ToDictionary(size => size, size => Encode(largest, size));
        var hash = SHA256.HashData(contents[AvatarSize.Largest]).AsSpan(0, Picture.HashLength / 2);
        return new(Convert.ToHexStringLower(hash), contents);
    }

    private static byte[] Encode(Image largest, int size)
    {
        using var scaled = largest.ThumbnailImage(size, height: size);
        return scaled.WebpsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }

    public void Dispose() => _capacity.Dispose();
}
