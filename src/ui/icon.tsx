/** Line drawings on a 16 by 16 grid, one path each. They only accompany words or an accessible name. */
const PATHS = {
  right: 'm6 4 4 4-4 4',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  inlined: 'M4 2.5v6A1.5 1.5 0 0 0 5.5 10H12M9.5 7.5 12 10l-2.5 2.5',
  close: 'm4 4 8 8M12 4l-8 8',
  search: 'M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM13.5 13.5l-3-3',
  theme: 'M13.5 8a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0ZM8 2.5v11M8 5h4.3M8 8h5.3M8 11h4.3',
  open: 'M2 12.5v-9h4l1.5 2H14v7Z',
  keys: 'M3 4h10a1.5 1.5 0 0 1 1.5 1.5v5A1.5 1.5 0 0 1 13 12H3a1.5 1.5 0 0 1-1.5-1.5v-5A1.5 1.5 0 0 1 3 4ZM4.5 7h0M7 7h0M9.5 7h0M12 7h0M5 9.6h6',
  alert: 'M8 2.5 14.5 13.5h-13ZM8 6.5v3M8 11.6h0',
  info: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.5v3.5M8 5h0',
  trap: 'M5.5 1.8h5l3.7 3.7v5l-3.7 3.7h-5l-3.7-3.7v-5Zm.5 4.2 4 4M10 6l-4 4',
  problem: 'M5.5 1.8h5l3.7 3.7v5l-3.7 3.7h-5l-3.7-3.7v-5ZM8 5v3.5M8 11h0',
  lock: 'M4.5 7h7A1.5 1.5 0 0 1 13 8.5V12a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 3 12V8.5A1.5 1.5 0 0 1 4.5 7ZM5 7V5a3 3 0 0 1 6 0v2',
  plus: 'M8 3v10M3 8h10',
  check: 'm3 8.5 3.2 3.2L13 5',
  stop: 'M4 4h8v8H4Z',
  go: 'M3 8h10M9 4l4 4-4 4',
  back: 'M13 8H3M7 4 3 8l4 4',
  link: 'M6.5 9.5a2.5 2.5 0 0 0 3.6 0l2.4-2.4a2.5 2.5 0 0 0-3.6-3.6l-.9.9M9.5 6.5a2.5 2.5 0 0 0-3.6 0L3.5 8.9a2.5 2.5 0 0 0 3.6 3.6l.9-.9',
  copy: 'M7 5.5h5A1.5 1.5 0 0 1 13.5 7v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5ZM3.5 10.5h-1v-8h8v1',
  file: 'M4 1.8h5L12.5 5v9.2H4ZM9 1.8V5h3.5',
  beside: 'M2.5 2.5h4.5v11H2.5ZM9 2.5h4.5v11H9Z',
  drop: 'M8 2v8M4.5 6.5 8 10l3.5-3.5M2.5 13.5h11',
  stack: 'M3 4h10M3 8h7M3 12h4',
  grid: 'M4 2.5h8A1.5 1.5 0 0 1 13.5 4v8a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 12V4A1.5 1.5 0 0 1 4 2.5ZM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11',
  panelLeft: 'M2.5 3h11v10h-11ZM6 3v10',
  panelRight: 'M2.5 3h11v10h-11ZM10 3v10',
  panelBottom: 'M2.5 3h11v10h-11ZM2.5 9.5h11',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg className={small ? 'icon icon-small' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's mark: a run of bytes, a gap, a run. */
export function Mark() {
  const dots = [4.5, 8.2, 11.8, 15.5].flatMap((x) => [8.8, 11.7].map((y) => ({ x, y })));
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true">
      <rect x="3" y="2" width="14" height="4" rx="1" fill="var(--fg-1)" />
      {dots.map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r=".9" fill="var(--fg-3)" />
      ))}
      <rect x="3" y="14.5" width="9" height="3.5" rx="1" fill="var(--accent)" />
    </svg>
  );
}
