import { expect, test } from 'vitest';
import { yieldToEvents } from '../../src/bytes/yield';

test('events that wait come first, and who yielded first goes on first', async () => {
  const order: string[] = [];
  const event = new Promise<void>((resolve) =>
    setImmediate(() => {
      order.push('event');
      resolve();
    }),
  );
  const first = (async () => {
    await Promise.resolve();
    order.push('promise');
    while (!order.includes('event')) await yieldToEvents();
    order.push('first');
  })();
  await Promise.all([event, first]);
  expect(order).toEqual(['promise', 'event', 'first']);
  const after: number[] = [];
  await Promise.all([1, 2, 3].map((one) => yieldToEvents().then(() => after.push(one))));
  expect(after).toEqual([1, 2, 3]);
});

test('a process that has yielded can end', async () => {
  const ports = () => process.getActiveResourcesInfo().filter((one) => one === 'MessagePort').length;
  await yieldToEvents();
  const before = ports();
  const yielding = yieldToEvents();
  expect(ports()).toBe(before + 1);
  await yielding;
  expect(ports()).toBe(before);
});
