namespace Messages;

/// <summary>Somebody did something that a workspace's owner may want to know of. Sent by every service; kept by Contacts as the workspace's audit log.</summary>
/// <param name="Action">Noun and past participle, <c>contact.deleted</c>, <c>api_key.created</c>; at most 100 characters.</param>
/// <param name="Subject">Kind of what it was done to: <c>contact</c>, <c>tag</c>, <c>api_key</c>.</param>
/// <param name="SubjectId">Its id; null for what concerns the whole workspace.</param>
/// <param name="Details">Names of fields, counts, roles: never a person's data, which must be gone when the person is.</param>
public sealed record AuditRecorded(string Action, string Subject, string? SubjectId, IReadOnlyDictionary<string, string> Details);
