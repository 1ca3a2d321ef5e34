import { describe, expect, test } from 'vitest';
import type { Cause } from '../../../src/symbols/cause/cause';
import { fixture } from '../../fixture';
import { crash } from '../../helpers/crash';
import { openBytes } from '../../helpers/open';

/** Runs a program until it dies, opens the dump with its module, and answers with why. */
async function causeOfRun(name: string, args: readonly string[] = []): Promise<Cause | null> {
  const { dump, module } = await crash(fixture(`symbols/crashes/${name}.wasm`), args);
  const { snapshot } = await openBytes(dump, { 'program.wasm': module });
  return snapshot.causes[0] ?? null;
}

describe('a panic of Rust 1.95, whose message is put together on the stack before it is written', () => {
  test.each([
    ['0', 'Rust panic: index out of bounds', 'index out of bounds: the len is 3 but the index is 7', '12:18'],
    [
      '1',
      'Rust panic: Result::unwrap() on Err',
      'called `Result::unwrap()` on an `Err` value: "ada has 5 only"',
      '13:47',
    ],
    ['2', 'Rust panic: Option::unwrap() on None', 'an order', '14:37'],
    ['3', 'Rust panic', 'balance of ada is 5', '15:14'],
    ['4', 'Rust panic: attempt to divide by zero', 'attempt to divide by zero', '16:14'],
    ['5', 'Rust panic', 'no words', '17:14'],
    ['6', 'Rust panic: RefCell already borrowed', 'RefCell already borrowed', '18:87'],
  ])('%s: %s', async (argument, title, message, place) => {
    const cause = await causeOfRun('panic', [argument]);
    expect(cause).toMatchObject({ title, message, certainty: 'inferred' });
    expect(cause?.evidence).toContain(`It was raised at panic.rs:${place}.`);
  });

  test('the frame to look at is the one that panicked, not the machinery', async () => {
    const { dump, frames, module } = await crash(fixture('symbols/crashes/panic.wasm'), ['3']);
    const { snapshot } = await openBytes(dump, { 'program.wasm': module });
    expect(frames[snapshot.causes[0]?.frame ?? 0]).toContain('panic3run');
  });
});

describe('an assertion of C', () => {
  test.each([['assert0'], ['assert2']])('%s: its text and its line', async (name) => {
    const cause = await causeOfRun(name);
    expect(cause).toMatchObject({
      title: 'assertion failed',
      message: 'balance >= amount && "the account is overdrawn"',
      frame: 2,
    });
    expect(cause?.evidence).toContain('It was raised at assert.c:5.');
  });
});
