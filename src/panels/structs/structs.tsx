import './structs.css';
import { useEffect, useMemo } from 'react';
import { pointerMemory } from '../../app/pointers';
import { useStore } from '../../app/store';
import { startOverlay, storeNow, useStructs } from '../../app/structs/state';
import type { Snapshot } from '../../session/types';
import { Controls } from './controls';
import { Editor } from './editor';
import { StructTree } from './struct-tree';
import { useLaid, useTree, useWalk } from './use-overlay';

/** Memory as structs that the user types: the text at the left, what it makes of the bytes at the right. */
export function Structs({ snapshot }: { readonly snapshot: Snapshot }) {
  const dump = { name: snapshot.name, size: snapshot.dump.file.size };
  const shown = useStructs((state) => state.dump);
  const memory = useStore(pointerMemory);
  const { id } = snapshot;
  const { name, size } = dump;
  useEffect(() => startOverlay(id, { name, size }, memory), [id, name, size, memory]);
  useEffect(() => {
    window.addEventListener('pagehide', storeNow);
    return () => {
      window.removeEventListener('pagehide', storeNow);
      storeNow();
    };
  }, []);
  return shown === id ? <Overlaid snapshot={snapshot} /> : null;
}

function Overlaid({ snapshot }: { readonly snapshot: Snapshot }) {
  const dump = { name: snapshot.name, size: snapshot.dump.file.size };
  const kept = useStructs((state) => state.overlay);
  // Another dump of the same name and size may have fewer memories.
  const memory = Math.min(kept.memory, Math.max(0, snapshot.memories.length - 1));
  const overlay = useMemo(() => ({ ...kept, memory }), [kept, memory]);
  const laid = useLaid(overlay, snapshot);
  const walk = useWalk(laid, overlay, snapshot);
  const tree = useTree(laid, overlay, walk);
  if (snapshot.memories.length === 0) return <div className="empty">This dump has no memory.</div>;
  return (
    <div className="structs">
      <Controls dump={dump} snapshot={snapshot} overlay={overlay} laid={laid} walk={walk} />
      <div className="structs-parts">
        <Editor dump={dump} overlay={overlay} compiled={laid.compiled} />
        {tree === null ? (
          <div className="empty">
            {laid.compiled.kind === 'problem'
              ? 'Nothing is laid over the memory until the text can be read.'
              : laid.root === null
                ? 'Type a struct, or its members alone, and it stands here over the bytes.'
                : 'Following the list…'}
          </div>
        ) : (
          <StructTree tree={tree} memory={overlay.memory} version={snapshot.version} />
        )}
      </div>
    </div>
  );
}
