using System.Text.Json;
using System.Text.Json.Serialization;

namespace Messaging;

/// <summary>The JSON of messages, in the outbox and on the wire: snake_case, enums as words, unknown members ignored (fields are only ever added).</summary>
internal static class MessageJson
{
    public static readonly JsonSerializerOptions Options = Configure(new());

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.PropertyNameCaseInsensitive = true;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }
}
