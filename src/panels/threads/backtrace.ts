import { codeOffsetText, functionName, threadName } from '../../app/names';
import type { Snapshot } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';
import { foldThreads } from './tree-rows';

/** All threads as text, in gdb's manner; recursion stays folded, so that a stack overflow can be pasted. */
export function backtrace(snapshot: Snapshot): string {
  const pieces = foldThreads(snapshot.dump.threads);
  return snapshot.dump.threads
    .map((thread, index) => {
      const head = `Thread ${index} "${threadName(snapshot, index)}", ${counted(thread.frames.length, 'frame')}`;
      const lines = (pieces[index] ?? []).map((piece) => {
        if (piece.kind === 'frame') return frameLine(snapshot, index, piece.frame);
        return `... ${cycleText(snapshot, index, piece.start, piece.period, piece.rounds)}`;
      });
      return [head, ...lines].join('\n');
    })
    .join('\n\n');
}

function frameLine(snapshot: Snapshot, thread: number, frame: number): string {
  const name = functionName(snapshot, { thread, frame });
  const index = snapshot.dump.threads[thread]?.frames[frame]?.function;
  const place = name === `func[${index}]` ? '' : ` func[${index}]`;
  const offset = codeOffsetText(snapshot, { thread, frame });
  return `#${frame}  ${name}${place}${offset === '' ? '' : ` ${offset}`}`;
}

/** `f -> g, 12,345 times`. */
export function cycleText(
  snapshot: Snapshot,
  thread: number,
  start: number,
  period: number,
  rounds: number,
): string {
  const names = Array.from({ length: period }, (_, at) =>
    functionName(snapshot, { thread, frame: start + at }),
  );
  return `${names.join(' -> ')}, ${grouped(rounds)} times`;
}
