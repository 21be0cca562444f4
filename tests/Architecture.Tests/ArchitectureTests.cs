using System.Reflection;
using Messages;
using Messaging.Consuming;

namespace Architecture.Tests;

/// <summary>The few rules that a review would miss. Each also asserts that it found something to judge.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly[] Services = [.. House.Services.Select(House.Load)];

    private static readonly Type[] OurTypes = [.. Services.Concat(House.Shared.Select(House.Load)).SelectMany(assembly => assembly.GetTypes()).Where(IsOurs)];

    [Fact]
    public void A_service_references_no_other_service()
    {
        var references = Services.SelectMany(service =>
            service.GetReferencedAssemblies().Select(reference => (From: service.GetName().Name, To: reference.Name))
        );

        Assert.Contains(references, reference => House.Shared.Contains(reference.To));
        Assert.DoesNotContain(references, reference => House.Services.Contains(reference.To));
    }

    [Fact]
    public void Messages_references_nothing_of_ours_and_no_package() =>
        Assert.All(House.Load("Messages").GetReferencedAssemblies(), reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    [Fact]
    public void Only_requests_responses_and_components_are_public()
    {
        var visible = Services
            .Where(service => service.GetName().Name != "Web")
            .SelectMany(service => service.GetExportedTypes())
            .Where(type => !type.IsEnum && !IsRecord(type) && IsOurs(type))
            .ToList();

        Assert.Contains(Services.SelectMany(service => service.GetExportedTypes()), IsRecord);
        Assert.Empty(visible);
    }

    [Fact]
    public void Classes_are_sealed_unless_one_of_ours_derives_from_them()
    {
        var parents = OurTypes.Select(type => type.BaseType).ToHashSet();
        var open = OurTypes.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract && !parents.Contains(type)).Select(type => type.FullName);

        Assert.NotEmpty(OurTypes);
        Assert.Empty(open);
    }

    [Fact]
    public void No_name_says_nothing()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Base"];

        Assert.DoesNotContain(OurTypes, type => empty.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_subscription_has_its_handler_and_every_handler_its_subscription()
    {
        var handled = Services
            .SelectMany(service => service.GetTypes())
            .SelectMany(type => type.GetInterfaces().Where(IsHandler).Select(handler => (Handler: Kebab(type.Name), Event: handler.GetGenericArguments()[0])))
            .OrderBy(pair => pair.Handler, StringComparer.Ordinal)
            .ThenBy(pair => pair.Event.Name, StringComparer.Ordinal);
        var subscribed = Subscriptions
            .All.Select(subscription => (Handler: subscription.Queue.Split('.')[1], subscription.Event))
            .OrderBy(pair => pair.Handler, StringComparer.Ordinal)
            .ThenBy(pair => pair.Event.Name, StringComparer.Ordinal);

        Assert.NotEmpty(subscribed);
        Assert.Equal(subscribed, handled);
    }

    private static bool IsHandler(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IHandleEvents<>);

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public) is not null || type.IsValueType;

    private static bool IsOurs(Type type) =>
        type.Namespace is { } space
        && House.Services.Concat(House.Shared).Contains(space.Split('.')[0])
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Name is not ("Program" or "_Imports")
        && !type.IsSubclassOf(typeof(Microsoft.AspNetCore.Components.ComponentBase));

    private static string Kebab(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
