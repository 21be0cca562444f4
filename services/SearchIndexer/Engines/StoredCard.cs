using System.Text.Json;
using System.Text.Json.Serialization;

namespace SearchIndexer.Engines;

/// <summary>The JSON of cards in the index: members that a later version added or dropped are ignored.</summary>
internal static class StoredCard
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
