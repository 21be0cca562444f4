using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Web.Components;

/// <summary>People get a page when something fails, not the problem document that programs get; so the pipeline is Web's own.</summary>
internal static class ErrorPages
{
    public static void AddErrorPages(this WebApplicationBuilder builder) => builder.Services.RemoveAll<IExceptionHandler>();

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use(
            (context, next) =>
            {
                if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerFeature>() is not null)
                {
                    // The page about a form that failed is not that form.
                    context.Request.Method = HttpMethods.Get;
                }
                return next(context);
            }
        );
    }
}
