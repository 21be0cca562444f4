namespace CommunicationsIngest.Blobs;

/// <summary>Blobs as files under <c>Blobs:Path</c>; without it, in the local application data of the account that the service runs under.</summary>
internal sealed class BlobFolder(IConfiguration configuration) : IBlobStore
{
    private readonly string _root = Path.GetFullPath(
        configuration["Blobs:Path"]
            ?? Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
                "contacts",
                "blobs"
            )
    );

    public async Task<long> PutAsync(string name, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var path = Locate(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.CreateVersion7():N}.part";
        try
        {
            var size = await WriteAsync(unfinished, content, maxBytes, cancellationToken);
            File.Move(unfinished, path, overwrite: true);
            return size;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = Locate(name);
        return Task.FromResult<Stream?>(
            File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous)
                : null
        );
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = Locate(name);
        var folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder))
        {
            foreach (var unfinished in Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".*.part"))
            {
                File.Delete(unfinished);
            }
            File.Delete(path);
        }
        return Task.CompletedTask;
    }

    private static async Task<long> WriteAsync(string path, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (file.Position + read > maxBytes)
            {
                throw new BlobTooLargeException(maxBytes);
            }
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        file.Flush(flushToDisk: true);
        return file.Position;
    }

    private string Locate(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_root, name));
        return path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException("A blob's name leads out of its folder.", nameof(name));
    }
}
