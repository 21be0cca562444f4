using System.Buffers.Binary;
using NetVips;

namespace Contacts.Tests.Avatars;

/// <summary>Files as people, cameras and attackers make them.</summary>
internal static class TestPictures
{
    public static readonly double[] Red = [220, 30, 40];
    public static readonly double[] Blue = [30, 60, 200];

    public static byte[] Png(int width = 60, int height = 40, double[]? color = null) => Plain(width, height, color).PngsaveBuffer();

    public static byte[] Jpeg(int width = 60, int height = 40, bool isProgressive = false) => Noise(width, height).JpegsaveBuffer(interlace: isProgressive);

    public static byte[] WebP(int width = 60, int height = 40) => Noise(width, height).WebpsaveBuffer();

    public static byte[] Gif() => Plain(20, 20, null).GifsaveBuffer();

    /// <summary>Two red pictures and a blue one between them.</summary>
    public static byte[] AnimatedWebP() =>
        Image
            .Arrayjoin([Plain(50, 50, Red), Plain(50, 50, Blue), Plain(50, 50, Blue)], across: 1)
            .Mutate(image => image.Set(GValue.GIntType, "page-height", 50))
            .WebpsaveBuffer();

    /// <summary>As a telephone held upright makes it: lying on its side with a note how to turn it, and where it was. The upper half, once upright, is red, the lower blue.</summary>
    public static byte[] PhotoWithPlace() =>
        Image
            .Arrayjoin([Plain(100, 200, Red), Plain(100, 200, Blue)], across: 2)
            .Mutate(image =>
            {
                image.Set(GValue.GIntType, "orientation", 6);
                image.Set(GValue.GStrType, "exif-ifd3-GPSLatitude", "49/1 15/1 0/1 (49, 15, 0, Rational, 3 components, 24 bytes)");
                image.Set(GValue.GStrType, "exif-ifd0-Model", "SecretCamera (SecretCamera, ASCII, 13 components, 13 bytes)");
            })
            .JpegsaveBuffer(q: 90);

    /// <summary>67 bytes of a picture of 30,000 by 30,000.</summary>
    public static byte[] PngOfTooManyPixels()
    {
        var png = Plain(1, 1, null).PngsaveBuffer(keep: Enums.ForeignKeep.None);
        var header = png.AsSpan(12, 17);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], 30_000);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], 30_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(header));
        return png;
    }

    public static byte[] JpegOfTooManyPixels()
    {
        var jpeg = Jpeg();
        var header = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(header + 5), 65_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(header + 7), 65_000);
        return jpeg;
    }

    public static byte[] WebPOfTooManyPixels()
    {
        var webP = Noise(60, 40).WebpsaveBuffer(keep: Enums.ForeignKeep.None);
        BinaryPrimitives.WriteUInt16LittleEndian(webP.AsSpan(26), 16_383);
        BinaryPrimitives.WriteUInt16LittleEndian(webP.AsSpan(28), 16_383);
        return webP;
    }

    /// <summary>Grey, 16 by 16, with the same refinement of nothing again and again: 12 bytes each, and each goes over all of the picture.</summary>
    public static byte[] JpegOfManyScans(int scans)
    {
        byte[] start = [0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)];
        byte[] progressive = [0xFF, 0xC2, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0];
        // One code each, a single zero: for the averages "no difference", for the rest "nothing in the next 16,384 blocks and more".
        byte[] averages = [0xFF, 0xC4, 0, 20, 0x00, 1, .. new byte[15], 0];
        byte[] rest = [0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0xE0];
        byte[] first = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x0F];
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, 0, 1];
        return [.. start, .. progressive, .. averages, .. rest, .. first, .. Enumerable.Repeat(scan, scans).SelectMany(bytes => bytes), 0xFF, 0xD9];
    }

    /// <summary>Colour of a point, given in fractions of width and height.</summary>
    public static double[] ColorAt(byte[] picture, double x, double y)
    {
        using var image = Image.NewFromBuffer(picture);
        return image.Getpoint((int)(x * image.Width), (int)(y * image.Height));
    }

    public static bool IsNear(double[] one, double[] other) => one.Zip(other).All(channel => Math.Abs(channel.First - channel.Second) < 30);

    private static Image Plain(int width, int height, double[]? color) =>
        (Image.Black(width, height, bands: 3) + (color ?? Red)).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);

    private static Image Noise(int width, int height) => Image.Gaussnoise(width, height, mean: 128, sigma: 40).Cast(Enums.BandFormat.Uchar);

    /// <summary>CRC-32 as PNG has it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }
        return ~crc;
    }
}
