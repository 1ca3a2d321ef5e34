import type { Readable } from 'node:stream';
import { progressText } from '../app/progress';
import { GrowingSource } from '../bytes/growing-source';
import { SourceError } from '../bytes/source';
import type { Spool } from '../bytes/spool';
import type { Bytes } from '../bytes/units';

/** What standard input is called where files have their names. */
export const STANDARD_INPUT = 'standard input';

/** How far it is: its end is not known before it comes. */
export function arrivalText(arrived: Bytes): string {
  return progressText({
    task: 'reading',
    done: arrived,
    total: null,
    rate: 0,
    state: 'running',
    message: null,
  });
}

/**
 * Standard input as a source that grows: what came is put into the spool, since it cannot be read twice.
 * @param onArrival called with the bytes that came so far.
 */
export function streamSource(
  stream: Readable,
  spool: Spool,
  onArrival: (arrived: Bytes) => void = () => undefined,
): GrowingSource {
  const source = new GrowingSource(spool);
  void fill(source, stream, onArrival);
  return source;
}

async function fill(
  source: GrowingSource,
  stream: Readable,
  onArrival: (arrived: Bytes) => void,
): Promise<void> {
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      await source.append(Uint8Array.from(chunk));
      onArrival(source.arrived);
    }
    source.end();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    source.fail(
      new SourceError(`Standard input broke off at ${source.arrived} bytes (${reason}).`, { cause: error }),
    );
  }
}
