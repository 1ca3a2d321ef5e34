import { lazy, Suspense } from 'react';
import { hasStorage } from '../../app/recent/setting';
import type { Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { Popover } from '../../ui/popover';

/** Comes when it is asked for. */
const Choice = lazy(async () => ({ default: (await import('./keep-copy-choice')).KeepChoice }));

/** A page from the disk, and one without HTTPS, has no storage of its own; one that ends with its command is not to have any. */
const CAN_KEEP =
  location.protocol !== 'file:' &&
  hasStorage() &&
  navigator.storage?.getDirectory !== undefined &&
  'locks' in navigator;

/** Keeps a copy of the open dump in the browser, where it has a place for one. */
export function KeepCopy({ snapshot }: { readonly snapshot: Snapshot }) {
  if (!CAN_KEEP) return null;
  return (
    <Popover
      title="Keep a copy"
      className="button icon-only copy-link"
      label={
        <>
          <Icon name="drop" />
          <span className="visually-hidden">Keep a copy</span>
        </>
      }
    >
      <Suspense>
        <Choice snapshot={snapshot} />
      </Suspense>
    </Popover>
  );
}
