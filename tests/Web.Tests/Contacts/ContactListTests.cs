using System.Net;
using AngleSharp.Dom;
using Bunit;
using Web.Contacts;

namespace Web.Tests.Contacts;

public sealed class ContactListTests : ComponentTests
{
    private static readonly Guid Jane = Guid.CreateVersion7();

    [Fact]
    public void While_it_loads_there_are_skeletons()
    {
        Gateway.Answer = _ => new TaskCompletionSource<HttpResponseMessage>().Task;

        var list = Show();

        Assert.NotNull(list.Find("[aria-busy=true]"));
    }

    [Fact]
    public void A_row_shows_name_phone_tags_and_last_contact_and_leads_to_the_contact()
    {
        var now = TimeProvider.System.GetUtcNow();
        Gateway.Answers(Rows.Page([Rows.Contact("Jane Doe", id: Jane, tags: ["VIP", "Lead", "Customer"], lastContactAt: now.AddMinutes(-5), company: "Acme")]));

        var row = Show().Find("ul.rows a");

        Assert.Equal($"/contacts/{Jane}", row.GetAttribute("href"));
        foreach (var text in (string[])["JD", "Jane Doe", "Acme", "+1 604-555-1234", "VIP", "Lead", "+1", "5 min ago"])
        {
            Assert.Contains(text, row.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Who_has_no_name_is_called_by_the_phone()
    {
        Gateway.Answers(Rows.Page([Rows.Contact(null)]));

        Assert.Equal("+1 604-555-1234", Show().Find(".row-name strong").TextContent);
    }

    [Fact]
    public void A_name_full_of_html_is_only_text()
    {
        Gateway.Answers(Rows.Page([Rows.Contact("<img src=x onerror=alert(1)>", tags: ["<script>alert(1)</script>"])]));

        var list = Show();

        Assert.Empty(list.FindAll("ul.rows img, ul.rows script"));
        Assert.Equal("<img src=x onerror=alert(1)>", list.Find(".row-name strong").TextContent);
    }

    [Fact]
    public void Nobody_at_all_teaches_how_to_begin()
    {
        Gateway.Answers(Rows.Page([]));

        Assert.Contains("Text or call one of your agent's numbers", Show().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_found_names_what_was_sought()
    {
        Gateway.Answers(Rows.Page([]));

        Assert.Equal("Nobody matches “zzz”", Show("zzz").Find("h2").TextContent);
    }

    [Fact]
    public void It_asks_with_the_persons_own_session()
    {
        Gateway.Answers(Rows.Page([]));

        Show("a&b");

        Assert.Equal(("GET /v1/contacts/search?q=a%26b&limit=50", "Bearer cs_token", ""), Assert.Single(Gateway.Requests));
    }

    [Fact]
    public void A_failure_says_so_and_can_be_tried_again()
    {
        Gateway.Answers("""{"status":503,"detail":"away"}""", HttpStatusCode.ServiceUnavailable);
        var list = Show();
        Assert.Contains("could not be loaded", list.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        Gateway.Answers(Rows.Page([Rows.Contact("Jane Doe")]));
        list.Find("[role=alert] button").Click();

        list.WaitForAssertion(() => Assert.Equal("Jane Doe", list.Find(".row-name strong").TextContent));
    }

    [Fact]
    public void An_answer_that_is_no_json_is_a_failure_too()
    {
        Gateway.Answers("<html>Bad Gateway</html>", HttpStatusCode.BadGateway);

        Assert.NotNull(Show().Find("[role=alert]"));
    }

    [Fact]
    public void An_ended_session_leads_to_the_sign_in()
    {
        Gateway.Answers("""{"status":401}""", HttpStatusCode.Unauthorized);

        Assert.Contains("Your session has ended", Show().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void More_rows_come_below_without_repeating_any()
    {
        Gateway.Answers(Rows.Page([Rows.Contact("Jane", id: Jane)], "next"));
        var list = Show();

        Gateway.Answers(Rows.Page([Rows.Contact("Jane", id: Jane), Rows.Contact("John")]));
        list.Find(".more button").Click();

        list.WaitForAssertion(() => Assert.Equal(["Jane", "John"], Names(list)));
        Assert.Contains("cursor=next", Gateway.Requests[^1].Line, StringComparison.Ordinal);
        Assert.Empty(list.FindAll(".more"));
    }

    [Fact]
    public async Task News_bring_the_rows_up_to_date_in_place()
    {
        Gateway.Answers(Rows.Page([Rows.Contact("Jane", id: Jane)]));
        var list = Show();
        var row = list.Find("ul.rows a");

        Gateway.Answers(Rows.Page([Rows.Contact("John"), Rows.Contact("Jane Doe", id: Jane)]));
        News.Tell(Workspace, new HashSet<Guid> { Jane });

        await list.WaitForAssertionAsync(() => Assert.Equal(["John", "Jane Doe"], Names(list)), TimeSpan.FromSeconds(5));
        Assert.Contains("row-new", list.FindAll("ul.rows a")[0].ClassName, StringComparison.Ordinal);
        Assert.DoesNotContain("row-new", list.FindAll("ul.rows a")[1].ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_before_the_page_listened_is_caught_up()
    {
        Gateway.Answers(Rows.Page([Rows.Contact("Jane", id: Jane)]));
        var list = Show();

        Gateway.Answers(Rows.Page([Rows.Contact("John"), Rows.Contact("Jane", id: Jane)]));

        await list.WaitForAssertionAsync(() => Assert.Equal(["John", "Jane"], Names(list)), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_hundred_news_at_once_are_a_few_requests()
    {
        Gateway.Answers(Rows.Page([Rows.Contact("Jane", id: Jane)]));
        Show();

        for (var i = 0; i < 100; i++)
        {
            News.Tell(Workspace, new HashSet<Guid> { Jane });
        }
        await Task.Delay(TimeSpan.FromSeconds(3.5));

        Assert.InRange(Gateway.Requests.Count, 2, 3);
    }

    [Fact]
    public async Task News_of_another_workspace_are_not_heard()
    {
        Gateway.Answers(Rows.Page([]));
        Show();
        // Until it has caught up with what came before it listened.
        await Task.Delay(TimeSpan.FromSeconds(3));
        var asked = Gateway.Requests.Count;

        News.Tell(Guid.CreateVersion7(), new HashSet<Guid> { Jane });
        await Task.Delay(800);

        Assert.Equal(asked, Gateway.Requests.Count);
    }

    [Fact]
    public async Task A_refresh_that_fails_leaves_the_rows()
    {
        Gateway.Answers(Rows.Page([Rows.Contact("Jane", id: Jane)]));
        var list = Show();

        Gateway.Answers("", HttpStatusCode.BadGateway);
        News.Tell(Workspace, new HashSet<Guid> { Jane });
        await Task.Delay(800);

        Assert.Equal(["Jane"], Names(list));
    }

    private IRenderedComponent<ContactList> Show(string query = "") => Render<ContactList>(parameters => parameters.Add(list => list.Query, query));

    private static IEnumerable<string> Names(IRenderedComponent<ContactList> list) => list.FindAll(".row-name strong").Select(name => name.TextContent);
}
