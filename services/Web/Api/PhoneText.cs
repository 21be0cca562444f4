using PhoneNumbers;

namespace Web.Api;

/// <summary>E.164 as people read it: +1 604-555-1234.</summary>
internal static class PhoneText
{
    public static string Of(string e164)
    {
        try
        {
            var phones = PhoneNumberUtil.GetInstance();
            return phones.Format(phones.Parse(e164, null), PhoneNumberFormat.INTERNATIONAL);
        }
        catch (NumberParseException)
        {
            return e164;
        }
    }
}
