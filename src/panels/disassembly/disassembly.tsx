import './disassembly.css';
import { useEffect } from 'react';
import { type GoneCode, goneOf, useCodePlace } from '../../app/code-place';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import { NO_CODE_LINES } from '../../session/code-lines';
import type { CodePlace, FrameCode, StopText } from '../../session/code-types';
import type { Snapshot } from '../../session/types';
import { CodeView } from './code-view';
import { useCode } from './state';
import { useAnswer } from './use-answer';

/** The code of the selected frame's function, or of one that was gone to from there. */
export function Disassembly({ snapshot }: { readonly snapshot: Snapshot }) {
  const frame = useStore((state) => state.frame);
  const placed = useCodePlace();
  const gone = useStore((state) => goneOf(placed, state));
  const setWent = useCode((state) => state.setWent);
  const asked = `${snapshot.id} ${frame?.thread} ${frame?.frame}`;
  const found = useAnswer(asked, snapshot.version, async () => {
    if (frame === null) return NO_FRAME;
    const code = await session().code.frameCode(frame.thread, frame.frame);
    const stop = code.kind === 'none' ? null : await session().code.stopOf(frame.thread, frame.frame);
    return { code, stop };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another frame the focus stays where it was chosen
  useEffect(() => setWent(false), [asked, setWent]);

  if (found.kind === 'failed') return <Instead text={found.message} />;
  if (found.kind === 'waiting') return <div className="code-panel" aria-busy="true" />;
  const { code } = found.value;
  if (gone === null && code.kind === 'none') return <Instead text={code.reason} />;
  const visit = gone ?? homeOf(code, placed.arrivals);
  return visit === null ? null : <Shown snapshot={snapshot} visit={visit} frame={found.value} />;
}

/** What is shown, and which arrival brought it there. */
type Visit = Pick<GoneCode, 'place' | 'offset' | 'arrival'>;

function homeOf(code: FrameCode, arrivals: number): Visit | null {
  if (code.kind === 'none') return null;
  return { place: code.place, offset: code.offset, arrival: `home ${code.offset} ${arrivals}` };
}

interface FrameAnswer {
  readonly code: FrameCode;
  readonly stop: StopText | null;
}

const NO_FRAME: FrameAnswer = {
  code: { kind: 'none', reason: 'No frame is selected, so there is no function to show.' },
  stop: null,
};

function placeKey({ module, function: index }: CodePlace): string {
  return `${module}:${index}`;
}

interface ShownProps {
  readonly snapshot: Snapshot;
  readonly visit: Visit;
  readonly frame: FrameAnswer;
}

function Shown({ snapshot, visit, frame }: ShownProps) {
  const key = placeKey(visit.place);
  const shown = useAnswer(`${snapshot.id} ${key}`, snapshot.modules.length, () =>
    session().code.disassembly(visit.place),
  );
  // They come with the debug information, after the instructions.
  const lines = useAnswer(`${snapshot.id} ${key}`, snapshot.symbolicating, () =>
    session().code.lines(visit.place),
  );
  if (shown.kind === 'waiting') return <div className="code-panel" aria-busy="true" />;
  if (shown.kind === 'failed') return <Instead text={shown.message} />;
  if (shown.value === null)
    return <Instead text={`func[${visit.place.function}] has no code in a module that is open.`} />;
  const own = frame.code.kind === 'place' ? frame.code : null;
  const isOwn = own !== null && placeKey(own.place) === key;
  return (
    <CodeView
      key={`${snapshot.id} ${key}`}
      code={shown.value}
      offset={visit.offset}
      arrival={visit.arrival}
      home={own}
      stop={isOwn ? frame.stop : null}
      lines={lines.kind === 'answer' ? lines.value : NO_CODE_LINES}
    />
  );
}

function Instead({ text }: { readonly text: string }) {
  return (
    <div className="code-panel">
      <p className="code-instead">{text}</p>
    </div>
  );
}
