using System.Xml;
using System.Xml.Linq;

namespace Simulators.Twilio.Twiml;

/// <summary>An answer read as TwiML.</summary>
/// <param name="Response">The root; null when the answer is no TwiML.</param>
/// <param name="Error">Code and reason as Twilio's debugger shows them: 12100 for what is no XML, 12200 for the wrong root.</param>
internal sealed record TwimlDocument(XElement? Response, string? Error)
{
    // No DTD: entities from outside would let an answer read files or grow without end.
    private static readonly XmlReaderSettings Safe = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 64 * 1024,
    };

    public static TwimlDocument Parse(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')), Safe);
            var root = XDocument.Load(reader).Root!;
            return root.Name.LocalName == "Response" ? new(root, null) : new(null, $"12200: the root is <{root.Name.LocalName}>, not <Response>");
        }
        catch (XmlException failure)
        {
            return new(null, $"12100: document parse failure: {failure.Message}");
        }
    }
}
