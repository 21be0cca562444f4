namespace Simulators.Twilio.Accounts;

/// <summary>Where the system under simulation takes webhooks: its public origin (configuration <c>PublicUrl</c>) with the paths of its gateway.</summary>
internal sealed class PublicUrl(Uri origin)
{
    public string Messages => At("/webhooks/twilio/messages");
    public string Calls => At("/webhooks/twilio/calls");
    public string CallStatus => At("/webhooks/twilio/call-status");
    public string Recordings => At("/webhooks/twilio/recordings");
    public string Health => At("/health");

    public string At(string path) => origin.GetLeftPart(UriPartial.Authority) + path;
}
