import { openFiles } from '../open';
import { openSample } from '../open-sample';
import { openUrls } from '../remote/open-url';
import { sampleOf } from '../samples';
import { useStore } from '../store';
import { rememberSource } from './source';
import type { LinkSource } from './types';

/** What a dump out of a link is called where the link does not say it. */
const NAMELESS = 'dump in the link';

/** Opens what a link names or holds. */
export function openSource(source: Exclude<LinkSource, { kind: 'none' }>): void {
  switch (source.kind) {
    case 'embedded':
      openEmbedded(source).catch(failed);
      return;
    case 'url':
      openUrls(source.dump, source.modules);
      return;
    case 'sample': {
      const sample = sampleOf(source.id);
      if (sample !== null) openSample(sample).catch(failed);
    }
  }
}

async function openEmbedded(source: LinkSource & { kind: 'embedded' }): Promise<void> {
  const before = useStore.getState().phase;
  const name = source.name ?? NAMELESS;
  const { unpacked } = await import('./embed');
  const dump = await unpacked(source.data);
  // A file that was dropped meanwhile is what the user wants.
  if (useStore.getState().phase !== before) return;
  if (dump.kind === 'damaged') {
    if (before.kind === 'open') useStore.getState().notify(dump.message);
    else useStore.getState().reset({ kind: 'failed', name, message: dump.message });
    return;
  }
  const blob = new Blob([dump.bytes]);
  rememberSource(blob, source);
  await openFiles([{ name, blob }], 'replace');
  if (source.memory === 'none')
    useStore
      .getState()
      .notify('The link holds this dump without its memory: the stack, globals and modules are here.');
}

function failed(error: unknown): void {
  useStore.getState().notify(error instanceof Error ? error.message : String(error));
}
