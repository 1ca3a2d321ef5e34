/** The advance of a monospaced character, measured: fonts differ. 7.2 px where nothing is laid out. */
export function monoAdvance(): number {
  const probe = document.createElement('span');
  probe.style.cssText = 'position:absolute;visibility:hidden;font:var(--text-s) var(--font-mono)';
  probe.textContent = '0'.repeat(100);
  document.body.append(probe);
  const { width } = probe.getBoundingClientRect();
  probe.remove();
  return width / 100 || 7.2;
}
