namespace Simulators.Twilio.Accounts;

/// <summary>A list answer: the resources under their own name, and where the neighbouring pages are. PageSize is 1 to 1,000, 50 when absent.</summary>
internal static class Page
{
    public static IResult Of<T>(string name, IEnumerable<T> all, Func<T, object> resource, HttpRequest request)
    {
        var size = int.TryParse(request.Query["PageSize"], out var asked) ? Math.Clamp(asked, 1, 1000) : 50;
        var number = int.TryParse(request.Query["Page"], out var page) ? Math.Max(page, 0) : 0;
        var items = all.Skip(number * size).Take(size + 1).Select(resource).ToList();
        var more = items.Count > size;
        return TypedResults.Json(
            new Dictionary<string, object?>
            {
                [name] = items.Take(size),
                ["page"] = number,
                ["page_size"] = size,
                ["start"] = number * size,
                ["end"] = Math.Max(number * size, number * size + Math.Min(items.Count, size) - 1),
                ["uri"] = At(number),
                ["first_page_uri"] = At(0),
                ["next_page_uri"] = more ? At(number + 1) : null,
                ["previous_page_uri"] = number > 0 ? At(number - 1) : null,
            }
        );

        string At(int at) => $"{request.Path}?PageSize={size}&Page={at}";
    }
}
