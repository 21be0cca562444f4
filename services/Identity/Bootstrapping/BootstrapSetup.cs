namespace Identity.Bootstrapping;

internal static class BootstrapSetup
{
    public static void AddBootstrap(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<BootstrapOptions>().BindConfiguration("Bootstrap");
        builder.Services.AddHostedService<Bootstrap>();
    }
}
