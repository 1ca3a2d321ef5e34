import { blobFlow } from './blob-flow';
import type { Flow, FlowingSource } from './flow';
import { isReadElsewhere, readBlob } from './read-blob';
import { SourceError } from './source';
import type { Bytes, FileOffset } from './units';

/** A file that the user chose (or any Blob). Nothing is held: each read is a slice of it. */
export class BlobSource implements FlowingSource {
  readonly size: Bytes;
  readonly #blob: Blob;
  readonly #name: string;

  constructor(blob: Blob, name: string) {
    this.#blob = blob;
    this.#name = name;
    this.size = blob.size;
  }

  get arrived(): Bytes {
    return this.size;
  }

  async read(offset: FileOffset, length: Bytes, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    if (offset >= this.size || length <= 0) return new Uint8Array(0);
    let buffer: ArrayBuffer;
    try {
      buffer = await readBlob(this.#blob.slice(offset, Math.min(this.size, offset + length)));
    } catch (error) {
      throw this.#failure(error);
    }
    signal?.throwIfAborted();
    return new Uint8Array(buffer);
  }

  flow(from: FileOffset, to: FileOffset, signal?: AbortSignal): Flow | null {
    if (isReadElsewhere()) return null;
    return blobFlow(this.#blob.slice(from, to), (error) => this.#failure(error), signal);
  }

  #failure(error: unknown): SourceError {
    return new SourceError(blobFailure(this.#name, error), { cause: error });
  }
}

/**
 * Why a file that was there when it was chosen cannot be read, as a sentence. Browsers tell a file that is gone
 * (NotFoundError) from one that was written to or whose permission was taken away (NotReadableError).
 */
export function blobFailure(name: string, error: unknown): string {
  const kind = error instanceof Error ? error.name : '';
  if (kind === 'NotFoundError') return `${name} was moved or deleted. Open it again.`;
  if (kind === 'NotReadableError')
    return `${name} has changed since it was opened, or reading it is no longer allowed. Open it again.`;
  return `${name} cannot be read (${error instanceof Error ? error.message : String(error)}). Open it again.`;
}
