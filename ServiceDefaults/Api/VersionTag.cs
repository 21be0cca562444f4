using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ServiceDefaults.Api;

/// <summary>A row's version as a strong ETag (<c>"7"</c>), RFC 9110.</summary>
public static class VersionTag
{
    public static void Write(HttpResponse response, long version) => response.GetTypedHeaders().ETag = new EntityTagHeaderValue($"\"{version}\"");

    /// <summary>False only when <c>If-Match</c> is there and names neither <c>*</c> nor this version.</summary>
    public static bool Matches(HttpRequest request, long version) => Matches(request, $"{version}");

    /// <summary>The same where the ETag is no number; without its quotation marks.</summary>
    public static bool Matches(HttpRequest request, string entityTag)
    {
        var expected = request.GetTypedHeaders().IfMatch;
        return expected.Count == 0
            || expected.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new($"\"{entityTag}\""), useStrongComparison: true));
    }
}
