using Microsoft.AspNetCore.Http.HttpResults;
using ServiceDefaults.Problems;

namespace Contacts.Cards;

/// <summary>What is wrong with a request's fields, gathered so that the caller learns all of it at once.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _errors = [];
    private string _slug = "validation";

    public bool Any => _errors.Count > 0;

    /// <param name="slug">The problem's type, where this is the first error.</param>
    public void Add(string field, string message, string slug = "validation")
    {
        _slug = Any ? _slug : slug;
        _errors.TryAdd(field, [message]);
    }

    public ProblemHttpResult ToProblem() => Problem.Invalid(_errors, _slug);
}
