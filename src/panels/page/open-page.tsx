import { useEffect } from 'react';
import { titleOf } from '../../app/summary';
import type { FileKind } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { NotADump } from '../intake/not-a-dump';
import { StatusLine } from './status-line';
import { TopLine } from './top-line';
import { Workspace } from './workspace';

const SHOWN: ReadonlySet<FileKind> = new Set<FileKind>(['coredump', 'module', 'snapshot', 'memory-image']);

/** The page of an open dump: what died, the panels, the live line. */
export function OpenPage({ snapshot, onKeys }: { readonly snapshot: Snapshot; readonly onKeys: () => void }) {
  const title = titleOf(snapshot, visible(snapshot.name, 80));
  useEffect(() => {
    document.title = title;
  }, [title]);
  if (!SHOWN.has(snapshot.dump.file.kind)) return <NotADump snapshot={snapshot} />;
  return (
    <>
      <TopLine snapshot={snapshot} onKeys={onKeys} />
      <Workspace snapshot={snapshot} />
      <StatusLine />
    </>
  );
}
