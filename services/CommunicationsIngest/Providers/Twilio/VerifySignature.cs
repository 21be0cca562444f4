using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using ServiceDefaults.Problems;

namespace CommunicationsIngest.Providers.Twilio;

/// <summary>Lets through what Twilio has signed, and hands its parameters to the route. The signature is all the authentication a webhook has.</summary>
internal sealed class VerifySignature(IOptionsMonitor<TwilioOptions> options, ILogger<VerifySignature> logger) : IEndpointFilter
{
    private const int MaxBody = 64 * 1024;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        using var body = new MemoryStream();
        if (http.Request.ContentLength > MaxBody || !await TryReadAsync(http.Request.Body, body, http.RequestAborted))
        {
            return Problem.Of(StatusCodes.Status413PayloadTooLarge, "too-large", "The request is too large.", "A webhook's body takes at most 64 KB.");
        }
        var signature = http.Request.Headers["X-Twilio-Signature"].ToString();
        var isForm = http.Request.HasFormContentType;
        var form = isForm ? await ReadFormAsync(body, http.RequestAborted) : null;
        if (isForm && form is null)
        {
            return Problem.Of(
                StatusCodes.Status400BadRequest,
                "validation",
                "The request cannot be read.",
                "The body is not a form of at most 512 parameters."
            );
        }
        if (!Addresses(http.Request).Any(url => IsSigned(url, http.Request, form, body, signature)))
        {
            logger.LogWarning("A webhook to {Path} was refused: {Reason}.", http.Request.Path, Reason(signature));
            return Problem.Forbidden("signature", "X-Twilio-Signature is missing or does not match this request.");
        }
        if (form is null)
        {
            return Problem.Of(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported-media-type",
                "The request cannot be read.",
                "Send application/x-www-form-urlencoded."
            );
        }
        http.Features.Set(form);
        return await next(context);
    }

    private bool IsSigned(Uri url, HttpRequest request, TwilioForm? form, MemoryStream body, string signature) =>
        form is null
            ? TwilioSignature.SignsBody(
                options.CurrentValue.AuthToken,
                url,
                body.GetBuffer().AsSpan(0, (int)body.Length),
                request.Query[TwilioSignature.BodyHash],
                signature
            )
            : TwilioSignature.SignsForm(options.CurrentValue.AuthToken, url, form.Parameters, signature);

    /// <summary>The URLs that Twilio may have requested: under our public address, else as the gateway was addressed.</summary>
    private IEnumerable<Uri> Addresses(HttpRequest request)
    {
        var target = Target(request);
        if (options.CurrentValue.PublicUrl is { } publicUrl)
        {
            yield return new(publicUrl.OriginalString.TrimEnd('/') + target);
        }
        var scheme = request.Headers["X-Forwarded-Proto"].ToString() is { Length: > 0 } proto ? proto : request.Scheme;
        var host = request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } forwarded ? forwarded : request.Host.Value;
        if (Uri.TryCreate($"{scheme}://{host}{target}", UriKind.Absolute, out var url))
        {
            yield return url;
        }
    }

    /// <summary>Path and query to the letter: unescaping and escaping them again may change what was signed.</summary>
    private static string Target(HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { } raw && raw.StartsWith('/') ? raw : request.GetEncodedPathAndQuery();

    private static async Task<bool> TryReadAsync(Stream source, MemoryStream target, CancellationToken cancellationToken)
    {
        var buffer = new byte[8 * 1024];
        int read;
        while ((read = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (target.Length + read > MaxBody)
            {
                return false;
            }
            target.Write(buffer, 0, read);
        }
        return true;
    }

    private static async Task<TwilioForm?> ReadFormAsync(MemoryStream body, CancellationToken cancellationToken)
    {
        try
        {
            body.Position = 0;
            return await TwilioForm.ReadAsync(body, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string Reason(string signature) =>
        options.CurrentValue.AuthToken.Length == 0 ? "Twilio:AuthToken is not configured"
        : signature.Length == 0 ? "it carries no signature"
        : "its signature does not match";
}
