using Microsoft.AspNetCore.Http.HttpResults;

namespace Simulators.Twilio.Webhooks;

/// <summary><c>POST /simulator/deliveries/{id}/replays</c>: the very same request once more: parameters, signature and idempotency token.</summary>
internal static class ReplayDelivery
{
    public static async Task<Results<Ok<Delivery>, NotFound>> Handle(long id, DeliveryLog log, WebhookSender sender, CancellationToken cancellation)
    {
        if (log.Find(id) is not { } original)
            return TypedResults.NotFound();

        var webhook = new Webhook(original.Url, original.Parameters, original.Method);
        return TypedResults.Ok(
            await sender.AttemptAsync(webhook, original.IdempotencyToken, attempt: 1, RetryPolicy.Default.ReadTimeout, original.Id, cancellation)
        );
    }
}
