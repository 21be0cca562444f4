using Microsoft.Extensions.AI;

namespace CommunicationsIngest.Tests.Summaries;

/// <summary>A language model that says what it is told to, or whatever the conversation talked it into.</summary>
internal sealed class FakeModel(Func<string, CancellationToken, Task<string>> answer) : IChatClient
{
    public FakeModel(string answer)
        : this((_, _) => Task.FromResult(answer)) { }

    /// <summary>All that was sent, one string a request.</summary>
    public List<string> Requests { get; } = [];

    public ChatOptions? Options { get; private set; }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = string.Join('\n', messages.Select(message => message.Text));
        Requests.Add(request);
        Options = options;
        return new(new ChatMessage(ChatRole.Assistant, await answer(request, cancellationToken)));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    ) => throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }
}
