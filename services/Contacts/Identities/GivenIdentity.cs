using Contacts.Cards;
using Messages.Contacts;

namespace Contacts.Identities;

/// <summary>An identity as a caller names it, in a body or in a path.</summary>
internal static class GivenIdentity
{
    private const int MaxVisitorId = 200;

    /// <returns>The normalised value; null, with the reason in <paramref name="errors"/>, where it is none.</returns>
    public static string? Read(IdentityKind kind, string value, string defaultCountry, FieldErrors errors)
    {
        var read = kind switch
        {
            IdentityKind.Phone => FieldReading.ReadPhone(value, "value", defaultCountry, errors),
            IdentityKind.Email => FieldReading.ReadEmail(value, "value", errors),
            IdentityKind.External => FieldReading.ReadExternalId(value, "value", errors),
            IdentityKind.ChatVisitor => FieldReading.ReadText(value, "value", MaxVisitorId, errors),
            _ => null,
        };
        if (read is null && !errors.Any)
        {
            errors.Add("value", "value: missing.");
        }
        return read;
    }
}
