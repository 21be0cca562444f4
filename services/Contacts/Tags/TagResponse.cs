namespace Contacts.Tags;

/// <summary>A tag of the workspace.</summary>
/// <param name="Color"><c>#rrggbb</c>.</param>
/// <param name="IsSystem">The product depends on it: it can be neither renamed nor deleted.</param>
/// <param name="ContactsCount">Contacts that have it; 10,000 means that many or more.</param>
public sealed record TagResponse(Guid Id, string Name, string Color, bool IsSystem, int ContactsCount);
