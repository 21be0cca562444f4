using System.Text;
using Contacts.Avatars;
using NetVips;

namespace Contacts.Tests.Avatars;

public sealed class PictureReaderTests : IDisposable
{
    private readonly PictureReader _reader = new();

    public static TheoryData<string, byte[]> Formats() =>
        new()
        {
            { "png", TestPictures.Png() },
            { "jpeg", TestPictures.Jpeg() },
            { "progressive jpeg", TestPictures.Jpeg(isProgressive: true) },
            { "webp", TestPictures.WebP() },
            { "one pixel", TestPictures.Png(1, 1) },
            { "a line", TestPictures.Png(30_000, 1) },
            { "a column", TestPictures.Png(1, 30_000) },
        };

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_picture_becomes_a_square_in_each_size(string format, byte[] body)
    {
        var picture = await ReadAsync(body);

        Assert.NotEmpty(format);
        Assert.Equal([32, 64, 128, 256, 512], picture.Contents.Keys);
        Assert.All(
            picture.Contents,
            content =>
            {
                using var image = Image.NewFromBuffer(content.Value);
                Assert.Equal((content.Key, content.Key, "webpload_buffer"), (image.Width, image.Height, (string)image.Get("vips-loader")));
            }
        );
    }

    [Fact]
    public async Task It_is_turned_upright_and_keeps_neither_place_nor_camera()
    {
        var photo = TestPictures.PhotoWithPlace();
        Assert.Contains("SecretCamera", Encoding.Latin1.GetString(photo), StringComparison.Ordinal);
        using (var before = Image.NewFromBuffer(photo))
        {
            Assert.Contains(before.GetFields(), field => field.Contains("GPSLatitude", StringComparison.Ordinal));
        }

        var picture = await ReadAsync(photo);

        Assert.All(
            picture.Contents.Values,
            content =>
            {
                using var image = Image.NewFromBuffer(content);
                Assert.DoesNotContain(image.GetFields(), field => field.StartsWith("exif", StringComparison.Ordinal) || field == "orientation");
                Assert.DoesNotContain("SecretCamera", Encoding.Latin1.GetString(content), StringComparison.Ordinal);
            }
        );
        Assert.True(TestPictures.IsNear(TestPictures.Red, TestPictures.ColorAt(picture.Contents[512], 0.5, 0.2)));
        Assert.True(TestPictures.IsNear(TestPictures.Blue, TestPictures.ColorAt(picture.Contents[512], 0.5, 0.8)));
    }

    [Fact]
    public async Task The_middle_is_kept()
    {
        using var wide = Image.NewFromBuffer(TestPictures.Png(100, 100, TestPictures.Blue)).Embed(200, 0, 500, 100, background: TestPictures.Red);

        var picture = await ReadAsync(wide.PngsaveBuffer());

        Assert.True(TestPictures.IsNear(TestPictures.Blue, TestPictures.ColorAt(picture.Contents[256], 0.02, 0.5)));
        Assert.True(TestPictures.IsNear(TestPictures.Blue, TestPictures.ColorAt(picture.Contents[256], 0.98, 0.5)));
    }

    [Fact]
    public async Task What_can_be_seen_through_stays_so()
    {
        using var clear = Image.NewFromBuffer(TestPictures.Png()).Bandjoin(0);

        var picture = await ReadAsync(clear.PngsaveBuffer());

        Assert.Equal(0, TestPictures.ColorAt(picture.Contents[64], 0.5, 0.5)[3]);
    }

    [Fact]
    public async Task Of_an_animation_the_first_picture_is_kept()
    {
        var picture = await ReadAsync(TestPictures.AnimatedWebP());

        Assert.All([0.1, 0.5, 0.9], y => Assert.True(TestPictures.IsNear(TestPictures.Red, TestPictures.ColorAt(picture.Contents[128], 0.5, y))));
    }

    [Fact]
    public async Task The_same_picture_has_the_same_hash()
    {
        var first = await ReadAsync(TestPictures.Png());

        Assert.Matches("^[0-9a-f]{32}$", first.Hash);
        Assert.Equal(first.Hash, (await ReadAsync(TestPictures.Png())).Hash);
        Assert.NotEqual(first.Hash, (await ReadAsync(TestPictures.Png(color: TestPictures.Blue))).Hash);
    }

    [Fact]
    public async Task Progressive_pictures_have_some_scans() => Assert.NotNull(await ReadAsync(TestPictures.JpegOfManyScans(50)));

    public static TheoryData<string, byte[]> Refused() =>
        new()
        {
            { "nothing", [] },
            { "gif", TestPictures.Gif() },
            { "svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><script>alert(1)</script></svg>"u8.ToArray() },
            { "html", "<!doctype html><script>alert(1)</script>"u8.ToArray() },
            { "tiff", Image.Black(9, 9).TiffsaveBuffer() },
            { "png signature alone", TestPictures.Png()[..8] },
            { "riff that is no webp", [.. "RIFF"u8, 0, 0, 0, 0, .. "WAVE"u8, 0, 0] },
            { "html after a jpeg's first bytes", [0xFF, 0xD8, 0xFF, .. "<script>"u8] },
            { "jpeg of 2,000 scans", TestPictures.JpegOfManyScans(2_000) },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_no_picture_is_refused(string what, byte[] body)
    {
        var refused = await _reader.ReadAsync(body, CancellationToken.None);

        Assert.True(refused.Problem?.ProblemDetails.Type == "urn:contacts:problem:unsupported-image", what);
        Assert.Equal(415, refused.Problem.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task What_was_cut_short_is_refused(string format, byte[] body)
    {
        foreach (var part in new[] { 0.1, 0.5, 0.9 })
        {
            var refused = await _reader.ReadAsync(body[..(int)(part * body.Length)], CancellationToken.None);

            Assert.True(refused.Problem?.ProblemDetails.Type == "urn:contacts:problem:unsupported-image", $"{format} {part}");
        }
    }

    public static TheoryData<string, byte[]> Bombs() =>
        new()
        {
            { "png", TestPictures.PngOfTooManyPixels() },
            { "jpeg", TestPictures.JpegOfTooManyPixels() },
            { "webp", TestPictures.WebPOfTooManyPixels() },
        };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task Too_many_pixels_are_refused_by_the_header(string format, byte[] body)
    {
        var refused = await _reader.ReadAsync(body, CancellationToken.None);

        Assert.True(refused.Problem?.ProblemDetails.Type == "urn:contacts:problem:too-many-pixels", format);
        Assert.Equal(422, refused.Problem.StatusCode);
    }

    [Fact]
    public async Task Broken_bytes_are_refused_and_harm_nothing()
    {
        var random = new Random(1);
        foreach (var (format, body) in new[] { ("png", TestPictures.Png()), ("jpeg", TestPictures.Jpeg()), ("webp", TestPictures.WebP()) })
        {
            for (var round = 0; round < 30; round++)
            {
                var broken = body.ToArray();
                for (var index = 0; index < 10; index++)
                {
                    broken[random.Next(broken.Length)] = (byte)random.Next(256);
                }
                var read = await _reader.ReadAsync(broken, CancellationToken.None);

                Assert.True(read.Picture is not null || read.Problem!.StatusCode is 415 or 422, format);
            }
        }
    }

    [Fact]
    public async Task Only_so_many_are_decoded_at_once()
    {
        using var small = new PictureReader(atOnce: 1, waiting: 1);
        var body = Image.Black(6_000, 6_000, bands: 3).Copy(interpretation: Enums.Interpretation.Srgb).PngsaveBuffer(interlace: true);

        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => small.ReadAsync(body, CancellationToken.None))));

        Assert.InRange(read.Count(result => result.Picture is not null), 2, 7);
        Assert.All(read.Where(result => result.Picture is null), result => Assert.Equal(503, result.Problem!.StatusCode));
        Assert.NotNull((await small.ReadAsync(TestPictures.Png(), CancellationToken.None)).Picture);
    }

    private async Task<Picture> ReadAsync(byte[] body)
    {
        var read = await _reader.ReadAsync(body, CancellationToken.None);
        Assert.True(read.Picture is not null, read.Problem?.ProblemDetails.Type);
        return read.Picture;
    }

    public void Dispose() => _reader.Dispose();
}
