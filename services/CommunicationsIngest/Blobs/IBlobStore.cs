namespace CommunicationsIngest.Blobs;

/// <summary>Where recordings and media lie: a local folder by default, later an S3-compatible store by configuration.</summary>
internal interface IBlobStore
{
    /// <summary>Stores all of the content or nothing; what was there under the name is replaced.</summary>
    /// <param name="name">Letters, digits, <c>-</c>, <c>.</c> and <c>/</c>, made by us.</param>
    /// <returns>Size in bytes.</returns>
    /// <exception cref="BlobTooLargeException">The content is longer than <paramref name="maxBytes"/>.</exception>
    Task<long> PutAsync(string name, Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <returns>A stream that can seek; null where there is no such blob.</returns>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes what is under the name, whole or left behind by a crash in mid-writing. Nothing there is as good as deleted.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}

internal sealed class BlobTooLargeException(long maxBytes) : Exception($"The content is longer than {maxBytes} bytes.");
