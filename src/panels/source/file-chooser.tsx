import { useState } from 'react';
import { type SourceFile, useSources } from '../../app/sources/registry';
import { visible } from '../../coredump/visible';
import { counted, grouped, size } from '../../ui/numbers';
import { Popover } from '../../ui/popover';

/** Entries that are drawn; the rest is found by typing. */
const SHOWN = 200;

interface Props {
  readonly file: SourceFile | null;
  readonly onChoose: (file: SourceFile) => void;
}

/** All source files that were given, to look into one that no frame names. */
export function FileChooser({ file, onChoose }: Props) {
  const files = useSources((state) => state.files);
  if (files.length === 0)
    return file === null ? null : <b className="source-path">{visible(file.path, 120)}</b>;
  return (
    <Popover
      title="Source files"
      label={
        <span className="source-path">
          <b>{file === null ? counted(files.length, 'file') : visible(file.path, 120)}</b>
        </span>
      }
    >
      <Files files={files} onChoose={onChoose} />
    </Popover>
  );
}

function Files({
  files,
  onChoose,
}: {
  readonly files: readonly SourceFile[];
  readonly onChoose: Props['onChoose'];
}) {
  const [filter, setFilter] = useState('');
  const wanted = filter.toLowerCase();
  const found = files.filter(({ path }) => path.toLowerCase().includes(wanted));
  return (
    <div className="source-files">
      <label className="field">
        <span className="visually-hidden">Part of a path</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: it was opened to look for a file
          autoFocus
          value={filter}
          placeholder="Part of a path"
          onChange={(event) => setFilter(event.target.value)}
        />
      </label>
      <p className="quiet small">
        {found.length > SHOWN
          ? `${grouped(SHOWN)} of ${counted(found.length, 'file')} shown`
          : `${grouped(found.length)} of ${counted(files.length, 'file')}`}
      </p>
      <ul aria-label="Files">
        {found.slice(0, SHOWN).map((file) => (
          <li key={file.id}>
            <button
              type="button"
              className="menu-item"
              onClick={(event) => {
                event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
                onChoose(file);
              }}
            >
              <span className="mono">{visible(file.path)}</span>
              <span className="quiet">{size(file.size)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
