using Microsoft.AspNetCore.Http.HttpResults;

namespace Contacts.Avatars;

/// <summary>An uploaded picture as it is kept: square, upright, without metadata, in each of <see cref="AvatarSize.All"/>.</summary>
/// <param name="Hash">Names the picture: the first half of the SHA-256 of its largest size, lower-case hex.</param>
/// <param name="Contents">WebP, by size.</param>
internal sealed record Picture(string Hash, IReadOnlyDictionary<int, byte[]> Contents)
{
    public const int HashLength = 32;
    public const string ContentType = "image/webp";
}

/// <summary>A picture, or why the upload is none.</summary>
internal readonly record struct PictureResult(Picture? Picture, ProblemHttpResult? Problem)
{
    public static implicit operator PictureResult(Picture picture) => new(picture, null);

    public static implicit operator PictureResult(ProblemHttpResult problem) => new(null, problem);
}
