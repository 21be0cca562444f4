using Contacts.Cards;
using ServiceDefaults.Api;
using ServiceDefaults.Authentication;

namespace Contacts.Avatars;

internal static class AvatarRoutes
{
    private const string Path = "/{id:guid}/avatar";

    public static void MapAvatars(this WebApplication app)
    {
        var contacts = app.MapContactApi();
        contacts.MapGet(Path, GetAvatar.HandleAsync).AnswersPictures();
        contacts.MapGet($"{Path}/{{hash:length({Picture.HashLength})}}", GetAvatarVersion.HandleAsync).AnswersPictures();
        contacts
            .MapPut(Path, UploadAvatar.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .AcceptsRawBody("image/png", "image/jpeg", Picture.ContentType)
            .AcceptsBodyOf(PictureReader.MaxBytes)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        contacts
            .MapDelete(Path, RemoveAvatar.HandleAsync)
            .RequireScope(Scopes.ContactsWrite)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed);
    }

    private static void AnswersPictures(this RouteHandlerBuilder route) =>
        route
            .RequireScope(Scopes.ContactsRead)
            .DocumentsSizes()
            .Produces<Stream>(StatusCodes.Status200OK, "image/svg+xml", Picture.ContentType)
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status308PermanentRedirect)
            .ProducesProblem(StatusCodes.Status404NotFound);
}
