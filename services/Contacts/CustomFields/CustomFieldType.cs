using System.Text.Json;

namespace Contacts.CustomFields;

/// <summary>What a custom field holds; never changes once the field is there.</summary>
public enum CustomFieldType
{
    /// <summary>A string of at most 2,000 characters.</summary>
    Text,

    /// <summary>A JSON number of at most 15 significant digits, between -10^15 and 10^15.</summary>
    Number,

    /// <summary>A string <c>yyyy-MM-dd</c>.</summary>
    Date,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    YesNo,

    /// <summary>One of the field's choices.</summary>
    Choice,

    /// <summary>An array of the field's choices.</summary>
    MultiChoice,

    /// <summary>An absolute http or https address of at most 2,000 characters.</summary>
    Link,
}

internal static class CustomFieldTypes
{
    private static readonly Dictionary<string, CustomFieldType> ByName = Enum.GetValues<CustomFieldType>().ToDictionary(NameOf);

    /// <summary>As the API and the database write it: <c>yes_no</c>.</summary>
    public static string NameOf(CustomFieldType type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString());

    public static CustomFieldType Parse(string name) => ByName[name];

    public static bool HasChoices(this CustomFieldType type) => type is CustomFieldType.Choice or CustomFieldType.MultiChoice;
}
