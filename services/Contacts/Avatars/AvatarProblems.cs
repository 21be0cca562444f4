using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Avatars;

internal static class AvatarProblems
{
    public static ProblemHttpResult Unsupported() =>
        Problem.Of(
            StatusCodes.Status415UnsupportedMediaType,
            "unsupported-image",
            "This is not a picture that can be used.",
            "Send a whole PNG, JPEG or WebP as the body, as it is in its file. Whatever the Content-Type says, the content decides."
        );

    public static ProblemHttpResult TooLarge() =>
        Problem.Of(
            StatusCodes.Status413PayloadTooLarge,
            "too-large",
            "The request is too large.",
            $"A picture takes at most {PictureReader.MaxBytes / (1024 * 1024)} MB."
        );

    public static ProblemHttpResult TooManyPixels() =>
        Problem.Of(
            StatusCodes.Status422UnprocessableEntity,
            "too-many-pixels",
            "The picture is too large.",
            $"A picture has at most {PictureReader.MaxPixels / 1_000_000} megapixels (width times height)."
        );

    public static ProblemHttpResult Busy() =>
        Problem.Of(
            StatusCodes.Status503ServiceUnavailable,
            "unavailable",
            "Temporarily unavailable.",
            "Too many pictures are being read at once. Repeat the request in a moment."
        );
}
