namespace Messages.Identity;

/// <summary>A workspace was created or its settings changed. Of two, the one that occurred later holds.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="DefaultCountry">ISO 3166-1 alpha-2, upper case: phones without a country code are read as this country's.</param>
public sealed record WorkspaceChanged(Guid WorkspaceId, string Name, string DefaultCountry);
