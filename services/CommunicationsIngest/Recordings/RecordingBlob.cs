namespace CommunicationsIngest.Recordings;

/// <summary>Where a recording's audio lies, known before it is fetched.</summary>
internal static class RecordingBlob
{
    public static string NameOf(Guid workspaceId, Guid recordingId) => $"{workspaceId:D}/recordings/{recordingId:D}";
}
