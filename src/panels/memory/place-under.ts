/**
 * Places a popover under the chip that opens it, right edges together. It stands in the top layer, which knows nothing of the
 * chip: anchors came to Firefox after version 128.
 */
export function placeUnder(chip: HTMLElement | null, popover: HTMLElement | null): void {
  if (chip === null || popover === null) return;
  const under = chip.getBoundingClientRect();
  popover.style.top = `${under.bottom + 4}px`;
  popover.style.right = `${Math.max(8, document.documentElement.clientWidth - under.right)}px`;
}
