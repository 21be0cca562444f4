using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.CustomFields;

internal static class CustomFieldProblems
{
    /// <summary>Slug of a value that its field does not take.</summary>
    public const string InvalidValue = "invalid-custom-field";

    /// <summary>Slug of a key that no field of the workspace has.</summary>
    public const string Unknown = "unknown-custom-field";

    public static ProblemHttpResult Exists(string key) =>
        Problem.Conflict(
            "custom-field-exists",
            "Another custom field has this key.",
            new Dictionary<string, string[]> { ["key"] = [$"key: another custom field has the key {key}."] }
        );

    public static ProblemHttpResult TooMany() =>
        Problem.Conflict("too-many-custom-fields", $"A workspace has at most {CustomField.MaxPerWorkspace} custom fields.");

    public static ProblemHttpResult ChangedMeanwhile() =>
        Problem.Conflict("custom-field-changed", "Another request changed the field's choices at the same moment. Read it again and repeat the request.");

    public static ProblemHttpResult ChoiceInUse(int contacts)
    {
        var problem = Problem.Conflict(
            "choice-in-use",
            $"{contacts} contacts have a choice that is to go. Repeat the request with ?clear=true to clear it there.",
            new Dictionary<string, string[]> { ["choices"] = ["choices: contacts have a choice that is to go."] }
        );
        problem.ProblemDetails.Extensions["contacts_count"] = contacts;
        return problem;
    }
}
