import { lazy, Suspense, useEffect, useState } from 'react';
import { RECENT_KEY, recentSetting, SHOWN_ROWS } from '../../app/recent/setting';

const loadList = () => import('./recent-list');
const RecentList = lazy(async () => ({ default: (await loadList()).RecentList }));

const rowsNow = () => {
  const setting = recentSetting();
  return setting.kind === 'on' ? setting.rows : 0;
};

/**
 * The place of the dumps that were opened before. How many there are is known before they are read, so that nothing moves
 * when they come; where there are none, nothing is loaded.
 */
export function RecentSlot() {
  const [rows, setRows] = useState(rowsNow);
  useEffect(() => {
    // Another tab has opened or forgotten one.
    const onStorage = ({ key }: StorageEvent) => {
      if (key === RECENT_KEY) setRows(rowsNow);
    };
    window.addEventListener('storage', onStorage);
    return () => window.removeEventListener('storage', onStorage);
  }, []);
  if (rows === 0) return null;
  const place = { minHeight: `calc(var(--recent-head) + ${Math.min(rows, SHOWN_ROWS)} * var(--recent-row))` };
  return (
    <div className="recent-slot" style={place}>
      <Suspense>
        <RecentList />
      </Suspense>
    </div>
  );
}
