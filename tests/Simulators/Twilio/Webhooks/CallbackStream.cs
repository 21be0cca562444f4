using Simulators.Twilio.Network;

namespace Simulators.Twilio.Webhooks;

/// <summary>How the status callbacks of one message or call reach the system. The real network promises no order and now and then repeats itself.</summary>
public enum CallbackOrder
{
    /// <summary>Each after the answer to the one before.</summary>
    InOrder,

    /// <summary>All at the end, in an order that is not the true one.</summary>
    Shuffled,

    /// <summary>In order, each twice with the same idempotency token.</summary>
    Duplicated,
}

/// <summary>The status callbacks of one message or call. Posting does not wait for the receiver: a slow receiver does not slow the call.</summary>
internal sealed class CallbackStream(CallbackOrder order, WebhookSender sender, Randomness random, CancellationToken cancellation)
{
    private readonly List<Webhook> held = [];
    private Task tail = Task.CompletedTask;

    public void Post(Webhook webhook)
    {
        if (order == CallbackOrder.Shuffled)
            held.Add(webhook);
        else
            tail = SendAfterAsync(tail, webhook);
    }

    /// <summary>Ends when every callback has been answered or given up.</summary>
    public async Task FinishAsync()
    {
        foreach (var webhook in random.Disorder(held))
            tail = SendAfterAsync(tail, webhook);
        held.Clear();
        await tail;
    }

    private async Task SendAfterAsync(Task previous, Webhook webhook)
    {
        await previous;
        var token = random.IdempotencyToken();
        await sender.SendAsync(webhook, token, RetryPolicy.Default, cancellation);
        if (order == CallbackOrder.Duplicated)
            await sender.SendAsync(webhook, token, RetryPolicy.Default, cancellation);
    }
}
