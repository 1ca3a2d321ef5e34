import { openGiven } from './intake/open-given';
import { rememberSource } from './link/source';
import { mark } from './recent/marks';
import { sampleFile } from './sample-file';
import type { Sample } from './samples';
import { useStore } from './store';

/** Fetches a sample from beside the page, and opens it as if it had been dropped. */
export async function openSample(sample: Sample): Promise<void> {
  const before = useStore.getState().phase;
  let files: Awaited<ReturnType<typeof fetchFile>>[];
  try {
    files = await Promise.all(sample.files.map(fetchFile));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    useStore.getState().notify(`The sample did not arrive: ${message}.`);
    return;
  }
  // A file that was dropped meanwhile is what the user wants.
  if (useStore.getState().phase !== before) return;
  const [dump] = files;
  if (dump !== undefined) rememberSource(dump.blob, { kind: 'sample', id: sample.id });
  const given = files.map(({ blob, name }) => ({ kind: 'file', path: name, blob, nested: false }) as const);
  await openGiven(given, 'replace');
}

async function fetchFile(name: string): Promise<{ readonly name: string; readonly blob: Blob }> {
  const blob = await sampleFile(name);
  mark(blob, { kind: 'sample' });
  return { name, blob };
}
