namespace Simulators.Twilio.Accounts;

/// <summary>
/// An error of the REST API as the real one answers it. Codes: https://www.twilio.com/docs/api/errors.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Twilio's error code.</param>
internal sealed record TwilioError(int Status, int Code, string Message) : IResult
{
    public static readonly TwilioError Authenticate = new(401, 20003, "Authenticate");
    public static readonly TwilioError TooManyRequests = new(429, 20429, "Too Many Requests");

    public static TwilioError BadRequest(int code, string message) => new(400, code, message);

    public static TwilioError NotFound(HttpRequest request) => new(404, 20404, $"The requested resource {request.Path} was not found");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        return httpContext.Response.WriteAsJsonAsync(
            new
            {
                code = Code,
                message = Message,
                more_info = $"https://www.twilio.com/docs/errors/{Code}",
                status = Status,
            }
        );
    }
}
