namespace Messaging.Sending;

/// <summary>An event's stable name in the outbox: its type's full name. Renaming the type needs a migration of waiting rows.</summary>
internal static class EventName
{
    public static string Of<T>() => typeof(T).FullName!;
}
