namespace CommunicationsIngest.Summaries;

/// <summary>The language model that reads conversations; rules do where none is named.</summary>
internal sealed class AiOptions
{
    public const string Section = "Ai";

    /// <summary>Of an OpenAI-compatible API, such as <c>https://api.openai.com/v1</c> or a server of one's own.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Empty where the server asks for none.</summary>
    public string ApiKey { get; set; } = "";

    public string Model { get; set; } = "";

    /// <summary>For one conversation; then rules read it.</summary>
    public double TimeoutSeconds { get; set; } = 30;
}
