using Microsoft.AspNetCore.Builder;

namespace ServiceDefaults.Api;

/// <summary>The answer holds a secret: a repetition with the same Idempotency-Key does nothing and gets 409 instead of the answer, which is not stored.</summary>
public sealed record ShownOnce;

public static class ShownOnceRoutes
{
    public static TBuilder AnswerIsShownOnce<TBuilder>(this TBuilder routes)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata(new ShownOnce());
}
