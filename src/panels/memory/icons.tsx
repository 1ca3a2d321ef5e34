const PATHS = {
  left: 'M12.5 8h-9m4-4-4 4 4 4',
  right: 'M3.5 8h9m-4-4 4 4-4 4',
  up: 'm4 10 4-4 4 4',
  down: 'm4 6 4 4 4-4',
  closed: 'm6 4 4 4-4 4',
} as const;

/** A drawn sign beside text or inside a named control: never read aloud. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg className="mem-icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
