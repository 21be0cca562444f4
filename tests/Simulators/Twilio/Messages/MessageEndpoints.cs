using Simulators.Twilio.Accounts;

namespace Simulators.Twilio.Messages;

/// <summary><c>/2010-04-01/Accounts/{sid}/Messages</c>.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this RouteGroupBuilder account)
    {
        account.MapPost("/Messages.json", Send);
        account.MapGet("/Messages.json", List);
        account.MapGet("/Messages/{sid}.json", Get);
        account.MapGet("/Messages/{sid}/Media.json", ListMedia);
        account.MapGet("/Messages/{sid}/Media/{mediumSid}", GetMedium);
    }

    private static async Task<IResult> Send(HttpRequest request, OutboundTexts texts, MessageResource resource)
    {
        var form = await request.ReadFormAsync();
        var text = new OutboundText(
            form["To"],
            form["From"],
            form["MessagingServiceSid"].FirstOrDefault(),
            form["Body"],
            [.. form["MediaUrl"].OfType<string>()],
            form["StatusCallback"].FirstOrDefault(value => value?.Length > 0)
        );
        var (message, error) = texts.Send(text, "outbound-api");
        return error is not null ? error : TypedResults.Json(resource.Of(message!), statusCode: 201);
    }

    private static IResult List(HttpRequest request, MessageLog log, MessageResource resource)
    {
        var (from, to) = (request.Query["From"].ToString(), request.Query["To"].ToString());
        var messages = log.All().Where(message => (from.Length == 0 || message.From == from) && (to.Length == 0 || message.To == to));
        return Page.Of("messages", messages, resource.Of, request);
    }

    private static IResult Get(string sid, HttpRequest request, MessageLog log, MessageResource resource) =>
        log.Find(sid) is { } message ? TypedResults.Json(resource.Of(message)) : TwilioError.NotFound(request);

    private static IResult ListMedia(string sid, HttpRequest request, MessageLog log, ApiAddress api, TwilioAccount account) =>
        log.Find(sid) is { } message
            ? Page.Of("media_list", message.Media, medium => MediumResource(message, medium, api, account), request)
            : TwilioError.NotFound(request);

    private static IResult GetMedium(string sid, string mediumSid, HttpRequest request, MessageLog log, ApiAddress api, TwilioAccount account)
    {
        var json = mediumSid.EndsWith(".json", StringComparison.Ordinal);
        var wanted = json ? mediumSid[..^5] : mediumSid;
        if (log.Find(sid) is not { } message || message.Media.FirstOrDefault(medium => medium.Sid == wanted) is not { } medium)
            return TwilioError.NotFound(request);
        if (json)
            return TypedResults.Json(MediumResource(message, medium, api, account));
        if (medium.SourceUrl is { } source)
            return TypedResults.Redirect(source);
        return TypedResults.Stream(SampleMedia.Open(medium.ContentType), medium.ContentType);
    }

    private static object MediumResource(Message message, Medium medium, ApiAddress api, TwilioAccount account) =>
        new
        {
            account_sid = account.AccountSid,
            content_type = medium.ContentType,
            date_created = Rfc2822.Format(message.CreatedAt),
            date_updated = Rfc2822.Format(message.CreatedAt),
            parent_sid = message.Sid,
            sid = medium.Sid,
            uri = api.Path($"Messages/{message.Sid}/Media/{medium.Sid}.json"),
        };
}
