import { useState } from 'react';
import { hasStorage, remembers, setRemembers } from '../../app/recent/setting';
import { useStore } from '../../app/store';

/** The build draws the page of a first visit, in a browser that stores: without a page there is no storage to ask. */
const IN_BUILD = typeof document === 'undefined';

/** Whether opened dumps are listed here. Off, nothing is written, and what was is removed. */
export function Remember() {
  const [on, setOn] = useState(() => IN_BUILD || remembers());
  const [there] = useState(() => IN_BUILD || hasStorage());
  if (!there) return null;
  const turnOff = async () => {
    const { rememberNothing } = await import('../../app/recent/list');
    await rememberNothing();
    setOn(false);
  };
  /** A copy may be all that is left of a dump. */
  const askOrTurnOff = async () => {
    const [{ loadRecent }, { totalText }] = await Promise.all([
      import('../../app/recent/list'),
      import('../../app/recent/words'),
    ]);
    const entries = await loadRecent();
    if (entries.every(({ copy }) => copy === null)) return turnOff();
    useStore
      .getState()
      .notify(`Not to remember opened dumps forgets what is kept: ${totalText(entries)}.`, [
        { label: 'Forget them', run: () => void turnOff() },
      ]);
  };
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={on}
        onChange={({ target }) => {
          if (!target.checked) {
            void askOrTurnOff();
            return;
          }
          setRemembers(true);
          setOn(true);
        }}
      />
      Remember opened dumps
    </label>
  );
}
