import { useEffect, useState } from 'react';
import './copy-link.css';
import { type Embeddable, embeddable, linkTo, openedSource } from '../../app/link/copy';
import { useStore } from '../../app/store';
import { visible } from '../../coredump/visible';
import { isTransient } from '../../session/transient';
import type { Snapshot } from '../../session/types';
import { CopyButton } from '../../ui/copy-button';
import { grouped } from '../../ui/numbers';

const page = () => location.href.replace(/#.*$/s, '');

/** What "Copy link" can copy. What is only on this disk is in a link only where the user puts it there. */
export function Choices({ snapshot }: { readonly snapshot: Snapshot }) {
  const source = openedSource();
  const announce = useStore((state) => state.setLive);
  return (
    <div className="copy-link-choices">
      <CopyButton
        label="Copy link to this place"
        text={() => linkTo(snapshot, source, page())}
        announce={announce}
      />
      {source.kind === 'url' && <p>It names the dump, {visible(source.dump)}, and what is seen of it.</p>}
      {source.kind === 'sample' && (
        <p>It names the sample, which is a part of this page, and what is seen of it.</p>
      )}
      {(source.kind === 'url' || source.kind === 'sample') && isTransient(location.pathname) && (
        <p>It opens on this machine only, until wasmortem open is ended.</p>
      )}
      {source.kind === 'embedded' && <p>{holds(source.memory)}</p>}
      {source.kind === 'none' && (
        <>
          <p>The dump is not in it: who opens the link is asked for the file.</p>
          <Inside snapshot={snapshot} />
        </>
      )}
    </div>
  );
}

/** The dump in the link, as far as it fits. Packed when the choices are opened, and not before. */
function Inside({ snapshot }: { readonly snapshot: Snapshot }) {
  const [found, setFound] = useState<Embeddable | null>(null);
  const announce = useStore((state) => state.setLive);
  useEffect(() => {
    const abort = new AbortController();
    const failed = (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      if (!abort.signal.aborted) setFound({ kind: 'no', why });
    };
    embeddable(snapshot, page(), abort.signal).then((next) => {
      if (!abort.signal.aborted) setFound(next);
    }, failed);
    return () => abort.abort();
  }, [snapshot]);
  if (found === null) return <p className="quiet">Packing the dump…</p>;
  if (found.kind === 'no')
    return <p className="quiet">The dump is not offered inside the link: {found.why}</p>;
  const { source, memory } = found;
  const text = () => linkTo(snapshot, source, page());
  const what = memory === 'whole' ? 'with the dump inside' : 'with the dump inside, without memory';
  return (
    <>
      <CopyButton
        label={`Copy link ${what} (${grouped(text().length)} characters)`}
        text={text}
        announce={announce}
      />
      <p>{holds(memory)}</p>
    </>
  );
}

function holds(memory: 'whole' | 'none'): string {
  return memory === 'whole'
    ? 'All bytes of the dump are in it: who has the link has them.'
    : 'Stack, globals and modules are in it, the bytes of memory are not: with them it is longer than 8,000 characters.';
}
