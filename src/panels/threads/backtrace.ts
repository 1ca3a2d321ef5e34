import { codeOffsetText, frameNames, fullLineText, functionName, threadName } from '../../app/names';
import { visible } from '../../coredump/visible';
import type { FrameLine, Snapshot } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';
import { foldThreads } from './tree-rows';

/** All threads as text, in gdb's manner; recursion stays folded, so that a stack overflow can be pasted. */
export function backtrace(snapshot: Snapshot): string {
  const pieces = foldThreads(snapshot.dump.threads);
  return snapshot.dump.threads
    .map((thread, index) => {
      const head = `Thread ${index} "${threadName(snapshot, index)}", ${counted(thread.frames.length, 'frame')}`;
      const lines = (pieces[index] ?? []).map((piece) => {
        if (piece.kind === 'frame') return frameLines(snapshot, index, piece.frame);
        return `... ${cycleText(snapshot, index, piece.start, piece.period, piece.rounds)}`;
      });
      return [head, ...lines].join('\n');
    })
    .join('\n\n');
}

/** A frame, and before it the functions that were inlined into it, as gdb prints them: with the frame's number. */
function frameLines(snapshot: Snapshot, thread: number, frame: number): string {
  const at = { thread, frame };
  const { doubtful, lines } = frameNames(snapshot, at);
  const inlined = lines
    .slice(0, -1)
    .map((line) => `#${frame}  ${visible(line.function ?? '?')}${placeText(line)}, inlined`);
  const name = functionName(snapshot, at);
  const index = snapshot.dump.threads[thread]?.frames[frame]?.function;
  const place = name === `func[${index}]` ? '' : ` func[${index}]`;
  const offset = codeOffsetText(snapshot, at);
  const own = `#${frame}  ${name}${doubtful ? '?' : ''}${place}${offset === '' ? '' : ` ${offset}`}${placeText(lines.at(-1))}`;
  return [...inlined, own].join('\n');
}

const placeText = (line: FrameLine | undefined): string => {
  const text = fullLineText(line);
  return text === '' ? '' : ` at ${text}`;
};

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
