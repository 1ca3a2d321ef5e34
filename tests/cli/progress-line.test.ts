import { describe, expect, it } from 'vitest';
import { ProgressLine } from '../../src/cli/progress-line';

function terminal({ isTTY = true, columns = 80, TERM = 'xterm' } = {}) {
  const written: string[] = [];
  const clock = { now: 1000 };
  const line = new ProgressLine(
    { isTTY, columns, write: (text) => written.push(text) },
    { TERM },
    () => clock.now,
  );
  return { written, clock, line };
}

describe('the progress line', () => {
  it('is rewritten at most 10 times a second, and gone at the end', () => {
    const { clock, line, written } = terminal();
    for (; clock.now <= 2400; clock.now += 10) line.show(() => `at ${clock.now}`);
    expect(written[0]).toBe('\rat 1400\u001b[K');
    expect(written).toHaveLength(11);
    line.clear();
    line.clear();
    expect(written.slice(11)).toEqual(['\r\u001b[K']);
  });

  it('is not drawn for what is done soon, and then nothing has to be removed', () => {
    const { clock, line, written } = terminal();
    clock.now += 399;
    line.show(() => 'x');
    line.clear();
    expect(written).toEqual([]);
  });

  it('never wraps', () => {
    for (const [columns, expected] of [
      [20, 19],
      [0, 79],
    ] as const) {
      const { clock, line, written } = terminal({ columns });
      clock.now += 400;
      line.show(() => 'y'.repeat(300));
      expect(written).toEqual([`\r${'y'.repeat(expected)}\u001b[K`]);
    }
  });

  it.each([{ isTTY: false }, { TERM: 'dumb' }])('is not drawn with %j, and its text is not made', (other) => {
    const { clock, line, written } = terminal(other);
    clock.now += 10_000;
    line.show(() => {
      throw new Error('asked for');
    });
    line.clear();
    expect(written).toEqual([]);
  });
});
