using System.Globalization;
using Simulators.Twilio.Accounts;
using Simulators.Twilio.Numbers;
using Simulators.Twilio.Twiml;
using Simulators.Twilio.Webhooks;

namespace Simulators.Twilio.Calls;

/// <summary><c>/2010-04-01/Accounts/{sid}/Calls</c>.</summary>
internal static class CallEndpoints
{
    public static void MapCalls(this RouteGroupBuilder account)
    {
        account.MapPost("/Calls.json", Create);
        account.MapGet("/Calls.json", List);
        account.MapGet("/Calls/{sid}.json", Get);
        account.MapPost("/Calls/{sid}.json", Update);
    }

    private static async Task<IResult> Create(HttpRequest request, OutboundCalls calls, CallResource resource, TwilioAccount account)
    {
        var form = await request.ReadFormAsync();
        var (to, from, url, twiml) = (form["To"].ToString(), form["From"].ToString(), form["Url"].ToString(), form["Twiml"].ToString());
        if (to.Length == 0)
            return TwilioError.BadRequest(21201, "No 'To' number is specified");
        if (from.Length == 0)
            return TwilioError.BadRequest(21213, "No 'From' number is specified");
        if (MagicNumber.RefusalOfCall(to) is { } magic)
            return magic;
        if (PhoneNumber.Normalize(to) is not { } called)
            return TwilioError.BadRequest(21211, $"The phone number you are attempting to call, {to}, is not valid.");
        if (PhoneNumber.Normalize(from) is not { } caller || !account.Owns(caller))
            return TwilioError.BadRequest(
                21210,
                $"The source phone number provided, {from}, is not yet verified for your account. You may only make calls from phone numbers that you've verified or purchased from Twilio."
            );
        if (url.Length == 0 && twiml.Length == 0)
            return TwilioError.BadRequest(21205, "Url parameter is required.");
        foreach (var given in new[] { url, form["StatusCallback"].ToString(), form["RecordingStatusCallback"].ToString() })
        {
            if (given.Length > 0 && !IsHttp(given))
                return TwilioError.BadRequest(21205, $"Url is not a valid URL: {given}");
        }

        var call = calls.Place(
            new OutboundCall(
                caller,
                called,
                twiml.Length > 0 ? TwimlSource.Inline(twiml) : TwimlSource.At(url, form["Method"]),
                StatusSubscription.To(Given(form["StatusCallback"]), form["StatusCallbackMethod"], form["StatusCallbackEvent"].OfType<string>()),
                "true".Equals(form["Record"], StringComparison.OrdinalIgnoreCase),
                Given(form["RecordingStatusCallback"]),
                Webhook.MethodOf(form["RecordingStatusCallbackMethod"]),
                Given(form["MachineDetection"]),
                Number(form["Timeout"]) ?? 60,
                Number(form["TimeLimit"])
            )
        );
        return TypedResults.Json(resource.Of(call), statusCode: 201);
    }

    private static IResult List(HttpRequest request, CallLog log, CallResource resource)
    {
        var (from, to, status) = (request.Query["From"].ToString(), request.Query["To"].ToString(), request.Query["Status"].ToString());
        var calls = log.All()
            .Where(call =>
                (from.Length == 0 || call.From == from) && (to.Length == 0 || call.To == to) && (status.Length == 0 || call.Status.Wire() == status)
            );
        return Page.Of("calls", calls, resource.Of, request);
    }

    private static IResult Get(string sid, HttpRequest request, CallLog log, CallResource resource) =>
        log.Find(sid) is { } call ? TypedResults.Json(resource.Of(call)) : TwilioError.NotFound(request);

    /// <summary>Status=completed hangs up, Status=canceled only what is not answered yet; Url or Twiml play something else from now on.</summary>
    private static async Task<IResult> Update(string sid, HttpRequest request, CallLog log, CallResource resource)
    {
        if (log.Find(sid) is not { } call)
            return TwilioError.NotFound(request);

        var form = await request.ReadFormAsync();
        var (status, url, twiml) = (form["Status"].ToString(), form["Url"].ToString(), form["Twiml"].ToString());
        if (log.Line(sid) is not { } line || call.Status.IsFinal())
            return TwilioError.BadRequest(21220, "Call is not in-progress. Cannot redirect.");
        if (status == "completed" || (status == "canceled" && call.Status != CallStatus.InProgress))
            line.HangUp();
        else if (status.Length > 0 && status != "canceled")
            return TwilioError.BadRequest(21218, $"Invalid Status: {status}");
        else if (twiml.Length > 0)
            line.Redirect(TwimlSource.Inline(twiml));
        else if (url.Length > 0)
            line.Redirect(TwimlSource.At(url, form["Method"]));
        return TypedResults.Json(resource.Of(log.Find(sid) ?? call));
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private static bool IsHttp(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https" };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 86_400 ? number : null;
}
