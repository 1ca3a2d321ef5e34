import { findPointersToSelection } from '../../app/search';

/** Looks for what points at the selected bytes. */
export function PointersToThis() {
  return (
    <button
      type="button"
      className="button edge"
      title="Pointers to this (Ctrl+Shift+F)"
      aria-keyshortcuts="Control+Shift+F"
      onClick={findPointersToSelection}
    >
      Pointers to this
    </button>
  );
}
