using Contacts.Cards;

namespace Contacts.Functions;

/// <summary>One contact.</summary>
public sealed record ContactEnvelope(ContactResponse Contact);
