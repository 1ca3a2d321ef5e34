/** Reads Blobs in another thread. */
export type BlobReader = (blob: Blob) => Promise<ArrayBuffer>;

let elsewhere: BlobReader | null = null;
/** A Blob was refused here and read there. */
let refusedHere = false;

/** Names who reads the Blobs that this thread is not let read; null: nobody. */
export function readBlobsElsewhere(reader: BlobReader | null): void {
  elsewhere = reader;
  refusedHere = false;
}

/** Whether this thread had to have a Blob read by another: then its streams are refused too. */
export const isReadElsewhere = (): boolean => refusedHere;

/**
 * The bytes of a Blob. WebKit refuses a worker of a page on file:// every Blob with NotReadableError, also one that the
 * worker itself has made: the single file then opened nothing. The page reads the same Blobs when they are handed back to
 * it, so it is asked second, and first from then on. Held by tests/browsers/main-path.ts ("the one file opens from the disk").
 * @throws what the last reader throws: of a file that has changed, both say so.
 */
export async function readBlob(blob: Blob): Promise<ArrayBuffer> {
  if (refusedHere && elsewhere !== null) return elsewhere(blob);
  try {
    return await blob.arrayBuffer();
  } catch (error) {
    const refused = error instanceof Error && error.name === 'NotReadableError';
    if (!refused || elsewhere === null) throw error;
    const bytes = await elsewhere(blob);
    refusedHere = true;
    return bytes;
  }
}
