namespace Messages.CommunicationsIngest;

/// <summary>A number became, or is no longer, one of the business's own, which never become contacts. Of two for one number, the one that occurred later holds.</summary>
/// <param name="Number">E.164.</param>
public sealed record OwnNumberChanged(string Number, bool IsOwn);
