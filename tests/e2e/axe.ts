import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from './test';

/** Hundreds of cells that are all alike take axe most of its time: states beside the memory leave them out. */
const CELLS = '[role=grid][aria-label=Memory] [role=row]';

/** No serious or critical finding of axe in the page as it stands, in light and in dark. */
export async function expectAccessible(
  page: Page,
  state: string,
  part: 'all' | 'without-cells' = 'all',
): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    const { violations } = await (part === 'all' ? axe : axe.exclude(CELLS)).analyze();
    const serious = violations
      .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
      .map(
        (violation) =>
          `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`,
      );
    expect(serious, `${state}, ${colorScheme}`).toEqual([]);
  }
}
