namespace Simulators.Twilio.Messages;

/// <summary>Real files for what people send: a photo as JPEG or PNG, a letter as PDF, a contact card.</summary>
internal static class SampleMedia
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["image/jpeg"] = "photo.jpg",
        ["image/png"] = "photo.png",
        ["application/pdf"] = "letter.pdf",
        ["text/vcard"] = "card.vcf",
    };

    public static IEnumerable<string> ContentTypes => Files.Keys;

    public static bool Has(string contentType) => Files.ContainsKey(contentType);

    public static Stream Open(string contentType) =>
        typeof(SampleMedia).Assembly.GetManifestResourceStream(Files[contentType]) ?? throw new FileNotFoundException(Files[contentType]);
}
