import type { Session, Update } from '../../../src/session/types';

/** Opens the file and waits until its last segment is indexed. Returns the number of segments. */
export function indexed(session: Session, file: Blob): Promise<number> {
  return new Promise((resolve, reject) => {
    const onUpdate = (update: Update) => {
      if (update.kind === 'failed') reject(new Error(update.message));
      if (update.kind === 'snapshot' && update.snapshot.indexing.state === 'done')
        resolve(update.snapshot.segmentCount);
    };
    session.open([{ name: 'bench.coredump', blob: file }], 'replace', onUpdate).catch(reject);
  });
}
