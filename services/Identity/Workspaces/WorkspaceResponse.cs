namespace Identity.Workspaces;

/// <summary>A business in this installation.</summary>
/// <param name="DefaultCountry">ISO 3166-1 alpha-2: phones without a country code are read as this country's.</param>
public sealed record WorkspaceResponse(Guid Id, string Name, string DefaultCountry);
