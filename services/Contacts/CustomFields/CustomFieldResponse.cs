namespace Contacts.CustomFields;

/// <summary>A field that the workspace has added to its contacts.</summary>
/// <param name="Key">Under which <c>custom_fields</c> of a contact has the value; never changes.</param>
/// <param name="Label">What people read.</param>
/// <param name="Choices">In their order; empty for types that have none.</param>
/// <param name="Position">Fields are shown in the order of their positions.</param>
public sealed record CustomFieldResponse(
    Guid Id,
    string Key,
    string Label,
    CustomFieldType Type,
    IReadOnlyList<string> Choices,
    string? Description,
    int Position
);
