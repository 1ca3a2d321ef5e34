import { useId, useRef } from 'react';
import { useStore } from '../../app/store';
import type { DumpKey, Overlay } from '../../app/structs/saved';
import { changeOverlay } from '../../app/structs/state';
import { visible } from '../../coredump/visible';
import { type Compiled, problemText } from '../../memory/structs/compile';
import { LONGEST_TEXT } from '../../memory/structs/tokens';
import { CopyButton } from '../../ui/copy-button';
import { Icon } from '../../ui/icon';
import { grouped } from '../../ui/numbers';

const EXAMPLE = `struct Node {
  i32 x, y;
  Node *next;
  char name[16];
  f64 w;
};`;

interface Props {
  readonly dump: DumpKey;
  readonly overlay: Overlay;
  readonly compiled: Compiled;
}

/** The text of structs, what is wrong with it, and its ways in and out. */
export function Editor({ dump, overlay, compiled }: Props) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const setLive = useStore((state) => state.setLive);
  const problem = compiled.kind === 'problem' ? compiled.problem : null;
  const showPlace = () => {
    if (area.current === null || problem === null) return;
    area.current.focus();
    area.current.setSelectionRange(problem.at.offset, problem.at.offset + 1);
  };
  return (
    <div className="structs-editor">
      <textarea
        ref={area}
        className="mono"
        aria-label="Structs"
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        maxLength={LONGEST_TEXT}
        placeholder={EXAMPLE}
        value={overlay.text}
        onChange={(event) => changeOverlay(dump, { text: event.target.value })}
      />
      <div className="structs-problem" id={`${id}-problem`} role="status">
        {problem !== null && (
          <button type="button" className="warn-text" onClick={showPlace}>
            {visible(problemText(problem), 400)}
          </button>
        )}
      </div>
      <div className="structs-files">
        <CopyButton label="Copy" text={() => overlay.text} announce={setLive} />
        <button
          type="button"
          className="button"
          disabled={overlay.text === ''}
          onClick={() => save(overlay.text)}
        >
          <Icon name="drop" />
          Save
        </button>
        <LoadButton
          onText={(text, name) => {
            const before = overlay.text;
            changeOverlay(dump, { text });
            if (before.trim() === '') return;
            useStore
              .getState()
              .notify(`${visible(name, 60)} replaced the structs that were here.`, [
                { label: 'Bring them back', run: () => changeOverlay(dump, { text: before }) },
              ]);
          }}
        />
      </div>
    </div>
  );
}

/** Hands the text out as a file, by way of a link: nothing leaves the page. */
function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'structs.h';
  link.click();
  URL.revokeObjectURL(url);
}

interface LoadProps {
  readonly onText: (text: string, name: string) => void;
}

function LoadButton({ onText }: LoadProps) {
  const input = useRef<HTMLInputElement>(null);
  const load = async (file: File) => {
    const { notify } = useStore.getState();
    const name = visible(file.name, 60);
    if (file.size > LONGEST_TEXT) {
      notify(`${name}: ${grouped(file.size)} bytes; at most ${grouped(LONGEST_TEXT)} are read as structs.`);
      return;
    }
    try {
      onText(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()), file.name);
    } catch {
      notify(`${name} is no UTF-8 text, or it cannot be read any more.`);
    }
  };
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        <Icon name="open" />
        Load
      </button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        aria-label="Load structs"
        tabIndex={-1}
        accept=".h,.c,.hpp,.txt,text/plain"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file !== undefined) void load(file);
          // So that choosing the same file again is a change.
          event.target.value = '';
        }}
      />
    </>
  );
}
