using System.Text;
using System.Xml.Linq;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>TwiML, Twilio's XML of instructions: https://www.twilio.com/docs/voice/twiml.</summary>
internal sealed record Twiml(params object[] Verbs) : IResult
{
    /// <summary>Heard, nothing to do: no reply to a text, the end of a call.</summary>
    public static readonly Twiml Empty = new();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/xml; charset=utf-8";
        await httpContext.Response.WriteAsync(ToString(), Encoding.UTF8, httpContext.RequestAborted);
    }

    public override string ToString() => $"""<?xml version="1.0" encoding="UTF-8"?>{new XElement("Response", Verbs).ToString(SaveOptions.DisableFormatting)}""";
}
