using Contacts.Cards;
using Messages;
using Messages.CommunicationsIngest;

namespace Contacts.Captures;

/// <summary>Reads the details of one message or one report into captures. What is no value of its field is left out.</summary>
internal static class CapturedDetails
{
    public static IReadOnlyList<Capture> Read(
        Guid contactId,
        IReadOnlyList<CapturedDetail> details,
        Guid? conversationId,
        DateTimeOffset at,
        Actor actor,
        (string Kind, string Value)? spokenFrom,
        string defaultCountry,
        string? traceParent = null
    )
    {
        var read = details
            .Select(detail => (Detail: detail, Value: CapturedFields.Read(detail.Field, detail.Value, defaultCountry)))
            .Where(one => one.Value is not null)
            .ToList();
        return
        [
            .. WithWholeName(read)
                .Select(one => new Capture(
                    contactId,
                    one.Detail.Field,
                    one.Value!,
                    at.ToUniversalTime(),
                    actor,
                    IsForm: false,
                    new()
                    {
                        ConversationId = conversationId,
                        MessageId = one.Detail.MessageId,
                        Quote = one.Detail.Quote,
                        Confidence = one.Detail.Confidence,
                    },
                    spokenFrom,
                    traceParent
                )),
        ];
    }

    /// <summary>A first name is a name; with a last name said in the same breath it is the whole one.</summary>
    private static IEnumerable<(CapturedDetail Detail, string? Value)> WithWholeName(List<(CapturedDetail Detail, string? Value)> read)
    {
        var hasWhole = read.Exists(one => one.Detail.Field == CapturedFields.Name);
        var last = read.Find(one => one.Detail.Field == CapturedFields.LastName).Value;
        foreach (var (detail, value) in read)
        {
            switch (detail.Field)
            {
                case CapturedFields.FirstName when !hasWhole:
                    yield return (detail with { Field = CapturedFields.Name }, last is null ? value : $"{value} {last}");
                    break;
                case CapturedFields.FirstName:
                case CapturedFields.LastName when hasWhole || read.Exists(one => one.Detail.Field == CapturedFields.FirstName):
                    break;
                default:
                    yield return (detail, value);
                    break;
            }
        }
    }
}
