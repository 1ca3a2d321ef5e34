import type { Readable } from 'node:stream';
import { GrowingSource } from '../bytes/growing-source';
import { SourceError } from '../bytes/source';
import type { Spool } from '../bytes/spool';

/** Standard input as a source that grows: what came is put into the spool, since it cannot be read twice. */
export function streamSource(stream: Readable, spool: Spool): GrowingSource {
  const source = new GrowingSource(spool);
  void fill(source, stream);
  return source;
}

async function fill(source: GrowingSource, stream: Readable): Promise<void> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) await source.append(Uint8Array.from(chunk));
    source.end();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    source.fail(
      new SourceError(`Standard input broke off at ${source.arrived} bytes (${reason}).`, { cause: error }),
    );
  }
}
