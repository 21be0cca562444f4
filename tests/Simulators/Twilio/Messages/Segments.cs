namespace Simulators.Twilio.Messages;

/// <summary>Parts that a text travels in: 160 characters of GSM 03.38 or 70 of UCS-2 alone; 153 or 67 each when joined (3GPP TS 23.038, 23.040).</summary>
internal static class Segments
{
    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "^{}\\[~]|€\f";

    public static int Count(string body)
    {
        var gsm = body.All(character => Basic.Contains(character) || Extended.Contains(character));
        return gsm ? Parts(body.Length + body.Count(Extended.Contains), 160, 153) : Parts(body.Length, 70, 67);
    }

    private static int Parts(int length, int alone, int joined) => length <= alone ? 1 : (length + joined - 1) / joined;
}
