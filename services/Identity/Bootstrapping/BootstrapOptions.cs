namespace Identity.Bootstrapping;

/// <summary>Section <c>Bootstrap</c>: what is to exist after the start. Everything is optional; without an owner nothing is made.</summary>
internal sealed class BootstrapOptions
{
    /// <summary>Name of the workspace when it is made; renaming it later is the owner's business.</summary>
    public string WorkspaceName { get; set; } = "My workspace";

    public string? OwnerEmail { get; set; }

    /// <summary>At least 10 characters. Replaces the owner's password when it differs.</summary>
    public string? OwnerPassword { get; set; }

    /// <summary>A <c>ck_…</c> key with all scopes. Replaces the former bootstrap key when it differs.</summary>
    public string? ApiKey { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string DefaultCountry { get; set; } = "US";
}
