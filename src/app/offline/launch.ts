import { takeShared } from '../../service-worker/share';
import type { Dropped } from '../intake/expand';
import { openGiven } from '../intake/open-given';
import { openHandles } from '../recent/open-handles';
import { useStore } from '../store';

/** What the system hands an installed app that is to open files. In Chromium only, so the DOM's types lack it. */
export interface LaunchQueue {
  readonly setConsumer: (consumer: (params: LaunchParams) => void) => void;
}
export interface LaunchParams {
  readonly files?: readonly FileSystemFileHandle[];
}

/** Opens the files with which the system starts the app: a double click, "Open with". */
export function consumeLaunches(queue: LaunchQueue | undefined): void {
  queue?.setConsumer(({ files = [] }) => void openHandles(files, 'replace'));
}

/** Opens what was shared with the app; the service worker has kept it. */
export async function openShared(): Promise<void> {
  const files = await takeShared();
  if (files.length === 0) useStore.getState().notify('Nothing was shared, or it was opened already.');
  else
    await openGiven(
      files.map(({ name, blob }) => given(name, blob)),
      'replace',
    );
}

const given = (path: string, blob: Blob): Dropped => ({ kind: 'file', path, blob, nested: false });
