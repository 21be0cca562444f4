using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ServiceDefaults.Problems;

/// <summary>Validation speaks of our properties (<c>Answer.FullText</c>); the caller knows them by their JSON names (<c>answer.full_text</c>).</summary>
internal static class FieldNames
{
    public static void UseJsonSpelling(HttpValidationProblemDetails problem)
    {
        var errors = problem.Errors.ToDictionary(error => Path(error.Key), error => error.Value.Select(message => Message(error.Key, message)).ToArray());
        problem.Errors = errors;
        problem.Title = "The request is not valid.";
        problem.Detail = string.Join(' ', errors.Values.SelectMany(messages => messages));
    }

    private static string Path(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));

    private static string Message(string path, string message)
    {
        var property = path.Split('.')[^1];
        return message.Replace(property, JsonNamingPolicy.SnakeCaseLower.ConvertName(property), StringComparison.Ordinal);
    }
}
