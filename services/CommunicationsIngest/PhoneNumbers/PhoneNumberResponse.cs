namespace CommunicationsIngest.PhoneNumbers;

/// <summary>One of the workspace's own numbers.</summary>
/// <param name="Number">E.164.</param>
/// <param name="Label">What the staff calls it.</param>
/// <param name="Answer">How calls are answered; null: not at all (they are kept as missed).</param>
public sealed record PhoneNumberResponse(string Number, string? Label, CallAnswer? Answer, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

internal class PhoneNumberRow
{
    public const string Columns = "number, label, answer::text AS answer, created_at, updated_at";

    public string Number { get; init; } = "";
    public string? Label { get; init; }
    public string? Answer { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public PhoneNumberResponse ToResponse() => new(Number, Label, CallAnswer.FromJson(Answer), CreatedAt, UpdatedAt);
}
