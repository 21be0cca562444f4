using CommunicationsIngest.Consent;
using Messages;
using Messages.CommunicationsIngest;
using ServiceDefaults.Postgres;

namespace CommunicationsIngest.Texts;

/// <summary>What an inbound text says of being contacted, written down in the transaction that stores it; and its one answer where the provider gives none.</summary>
internal sealed class HeardInText(ConsentLedger ledger, TextSignal signal)
{
    /// <returns>Null: nothing, or nobody who could be contacted.</returns>
    public static ConsentWord? Read(InboundText text)
    {
        if (text.From.Role != "person")
        {
            return null;
        }
        var word = ConsentWords.Read(text.Body, Channel.Text);
        // A keyword that the business taught the provider.
        return text.Keyword is { } keyword && word is not { IsInferred: false }
            ? new(keyword, Coverage.Messages | (word?.Covers ?? 0), false, word?.Quote ?? ConsentWords.Quote(text.Body))
            : word;
    }

    public async Task RecordAsync(UnitOfWork work, InboundText text, ConsentWord word, Guid messageId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var person = ConsentIdentity.Phone(text.From.Address);
        var heard = await ledger.HearAsync(work, person, word, Channel.Text, text.OwnNumber, messageId, at, cancellationToken);
        if (heard is { } kind && !text.AnswersKeywords)
        {
            await AnswerAsync(work, text, kind, at, cancellationToken);
        }
    }

    private async Task AnswerAsync(UnitOfWork work, InboundText text, ConsentWordKind kind, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var name = await work.FirstOrDefaultAsync<string>("SELECT name FROM workspaces", cancellationToken: cancellationToken);
        var answer = kind switch
        {
            ConsentWordKind.OptOut => "You are unsubscribed and will get no more automated messages. Reply START to get them again.",
            ConsentWordKind.Help => "Reply STOP to unsubscribe. Msg&data rates may apply.",
            _ => "You will get messages again. Reply STOP to unsubscribe.",
        };
        var body = name is null ? answer : $"{name}: {answer}";
        var contactId = await work.FirstOrDefaultAsync<Guid?>("SELECT contact_by_identity('phone', @Address)", new { text.From.Address }, cancellationToken);
        var confirmation = new OutboundText(text.OwnNumber, text.From.Address, contactId, body, OutboundText.Confirmation, Actor.System);
        await confirmation.QueueAsync(work, signal, at.AddMicroseconds(1), cancellationToken);
    }
}
