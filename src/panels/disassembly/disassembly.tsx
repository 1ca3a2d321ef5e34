import './disassembly.css';
import { useEffect } from 'react';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import { NO_CODE_LINES } from '../../session/code-lines';
import type { CodePlace, FrameCode, StopText } from '../../session/code-types';
import type { Snapshot } from '../../session/types';
import { CodeView } from './code-view';
import { useCode, type Visit } from './state';
import { useAnswer } from './use-answer';

/** The code of the selected frame's function, or of one that was gone to from there. */
export function Disassembly({ snapshot }: { readonly snapshot: Snapshot }) {
  const frame = useStore((state) => state.frame);
  const visit = useCode((state) => state.visits.present);
  const follow = useCode((state) => state.follow);
  const asked = `${snapshot.id} ${frame?.thread} ${frame?.frame}`;
  const found = useAnswer(asked, snapshot.version, async () => {
    if (frame === null) return NO_FRAME;
    const code = await session().code.frameCode(frame.thread, frame.frame);
    const stop = code.kind === 'none' ? null : await session().code.stopOf(frame.thread, frame.frame);
    return { code, stop };
  });
  const code = found.kind === 'answer' ? found.value.code : null;
  useEffect(() => {
    if (code === null) return;
    if (code.kind === 'none') follow(asked, null);
    else
      follow(`${asked} ${placeKey(code.place)} ${code.offset}`, { place: code.place, offset: code.offset });
  }, [asked, code, follow]);

  if (found.kind === 'failed') return <Instead text={found.message} />;
  if (found.kind === 'waiting' || visit === null)
    return code?.kind === 'none' ? (
      <Instead text={code.reason} />
    ) : (
      <div className="code-panel" aria-busy="true" />
    );
  return <Shown snapshot={snapshot} visit={visit} frame={found.value} />;
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
