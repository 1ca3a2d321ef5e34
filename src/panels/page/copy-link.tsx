import { lazy, Suspense } from 'react';
import type { Snapshot } from '../../session/types';
import { Icon } from '../../ui/icon';
import { Popover } from '../../ui/popover';

/** Comes when it is asked for: it packs the dump. */
const Choices = lazy(async () => ({ default: (await import('./copy-link-choices')).Choices }));

/** Copies a link to what is seen. */
export function CopyLink({ snapshot }: { readonly snapshot: Snapshot }) {
  return (
    <Popover
      title="Copy link"
      className="button icon-only copy-link"
      label={
        <>
          <Icon name="link" />
          <span className="visually-hidden">Copy link</span>
        </>
      }
    >
      <Suspense>
        <Choices snapshot={snapshot} />
      </Suspense>
    </Popover>
  );
}
