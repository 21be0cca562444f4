using System.Text.Json;

namespace Web.Tests;

/// <summary>Answers of the API.</summary>
internal static class Rows
{
    public static string Page(IEnumerable<object> rows, string? nextCursor = null) => JsonSerializer.Serialize(new { data = rows, next_cursor = nextCursor });

    public static object Contact(
        string? name,
        string? phone = "+16045551234",
        Guid? id = null,
        string[]? tags = null,
        DateTimeOffset? lastContactAt = null,
        string? company = null
    ) =>
        new
        {
            id = id ?? Guid.CreateVersion7(),
            name,
            phone,
            phones = phone is null ? Array.Empty<string>() : [phone],
            emails = Array.Empty<string>(),
            company,
            tags = tags ?? [],
            created_at = "2026-01-01T00:00:00Z",
            updated_at = "2026-01-01T00:00:00Z",
            last_contact_at = lastContactAt,
            call_count = 0,
            message_count = 1,
            chat_count = 0,
            source = "system",
            version = 1,
            added_later = "ignored",
        };
}
