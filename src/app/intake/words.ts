import { visible } from '../../coredump/visible';
import { counted, grouped } from '../../ui/numbers';
import type { Expanded, Sorted } from './expand';
import { lastName } from './given';

const SHOWN = 5;

/** `a.txt, b.png and 3 more`. */
function list(files: readonly Sorted[]): string {
  const names = files.slice(0, SHOWN).map(({ file }) => visible(lastName(file.path), 60));
  const more = files.length - names.length;
  return names.join(', ') + (more > 0 ? ` and ${grouped(more)} more` : '');
}

/** Of folders and archives that hold nothing for us: what they hold. Empty where a problem has said all. */
export function nothingUsable({ files, containers, problems }: Expanded): string {
  if (files.length === 0 && problems.length > 0) return '';
  const names = containers.map((name) => visible(name, 80)).join(', ');
  const hold = containers.length === 1 ? 'holds' : 'hold';
  if (files.length === 0) return `${names} ${hold} 0 files.`;
  const zips = files.filter(({ file }) => /\.zip$/i.test(file.path));
  const hint = zips.length > 0 ? ` An archive inside is not opened: drop ${list(zips)} by itself.` : '';
  return `${names} ${hold} ${counted(files.length, 'file')}, and none is a dump, a module or a source text: ${list(files)}.${hint}`;
}

/** Which files of folders and archives were left aside, and why; empty where all were used. */
export function unusedText(unused: readonly Sorted[], containers: readonly string[]): string {
  if (unused.length === 0) return '';
  const within = containers.map((name) => visible(name, 60)).join(', ');
  const zips = unused.filter(({ file }) => /\.zip$/i.test(file.path));
  const rest = unused.filter((sorted) => !zips.includes(sorted));
  const are = rest.length === 1 ? 'is' : 'are';
  return [
    rest.length > 0 &&
      `${counted(rest.length, 'file')} in ${within} ${are} no dump, module or source text: ${list(rest)}.`,
    zips.length > 0 && `An archive inside is not opened: ${list(zips)}.`,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
}
