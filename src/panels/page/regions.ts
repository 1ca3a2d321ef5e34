const TABBABLE =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), summary, [tabindex]';

/** The index of the region to go to, around the end; -1 (focus in none) goes to the first or the last. */
export function nextRegion(current: number, count: number, step: 1 | -1): number {
  if (count === 0) return -1;
  if (current === -1) return step === 1 ? 0 : count - 1;
  return (current + step + count) % count;
}

/** Moves the focus to the next panel: to its main widget (tree, grid), else to the first thing that takes it. */
export function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(isShown);
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  const region = regions[nextRegion(current, regions.length, step)];
  if (region === undefined) return;
  const mains = region.querySelectorAll<HTMLElement>('[role="tree"], [role="grid"], [role="treegrid"]');
  const main = [...mains].find(isShown) ?? null;
  const first = [...region.querySelectorAll<HTMLElement>(TABBABLE)].find(
    (element) => element.tabIndex >= 0 && isShown(element),
  );
  const target = main !== null && main.tabIndex >= 0 ? main : first;
  (target ?? main?.querySelector<HTMLElement>('[tabindex="0"]'))?.focus();
}

function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true });
}
