import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { grouped, hex } from '../../ui/numbers';

/** Problems and notes as text for a bug report: what the file is, then a line each. Never bytes of the file. */
export function problemReport(snapshot: Snapshot, version: string): string {
  const { file } = snapshot.dump;
  const { name: producer, versions, evidence } = snapshot.producer;
  const line = (section: string | null, offset: number | null, message: string) =>
    `  ${offset === null ? '-' : hex(offset, 4)}  ${section === null ? 'file' : visible(section)}  ${message}`;
  const head = [
    `Wasmortem ${version}`,
    `${visible(snapshot.name)}: ${file.kind}, ${grouped(file.size)} bytes${file.compression === null ? '' : `, from ${file.compression}`}`,
    `Producer: ${producer} ${versions} (${evidence})`,
  ];
  const problems = snapshot.problems.map((problem) => line(problem.section, problem.offset, problem.message));
  const notes = snapshot.notes.map((note) => line(null, note.offset, note.message));
  return [...head, `Problems: ${problems.length}`, ...problems, `Notes: ${notes.length}`, ...notes].join(
    '\n',
  );
}
