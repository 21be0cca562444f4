namespace Messages.Contacts;

/// <summary>A contact was created or changed.</summary>
/// <param name="Contact">The card after the change.</param>
/// <param name="Changed">Names of the fields that changed, snake_case; all of them when <see cref="ContactCard.Version"/> is 1.</param>
public sealed record ContactChanged(ContactCard Contact, IReadOnlyList<string> Changed);
