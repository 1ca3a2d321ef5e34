import { describe, expect, it } from 'vitest';
import { startupTail } from '../../../src/panels/threads/startup';
import { type FrameName, NAMELESS } from '../../../src/symbols/frame-name';

const named = (name: string | null, line: string | null = null): FrameName => ({
  ...NAMELESS,
  function: name,
  lines: line === null ? [] : [{ function: line, file: 'a.c', directory: null, line: 1, column: 1 }],
});
const tail = (...names: readonly (string | null)[]) => startupTail(names.map((name) => named(name)));

describe('the start-up tail of a stack', () => {
  it('is what the C library and the linker put there', () => {
    expect(tail('divide', 'main', '__main_void', '__original_main', '_start', '_start.command_export')).toBe(
      2,
    );
  });

  it('is what the Rust library puts there', () => {
    expect(
      tail(
        'trap::main',
        'core::ops::function::FnOnce::call_once',
        'std::sys_common::backtrace::__rust_begin_short_backtrace',
        'std::rt::lang_start::{{closure}}',
        'std::rt::lang_start_internal',
        'std::rt::lang_start',
        '__original_main',
        '_start',
      ),
    ).toBe(1);
  });

  it('does not hold the program’s main, though the linker calls it __original_main', () => {
    const frames = [
      named('f'),
      named('__original_main', 'main'),
      named('_start'),
      named('_start.command_export'),
    ];
    expect(startupTail(frames)).toBe(2);
  });

  it('is at the end only, of two frames or more, and never the whole stack', () => {
    expect(tail('_start', 'f', 'g')).toBeNull();
    expect(tail('f', '_start')).toBeNull();
    expect(tail('__main_void', '_start')).toBeNull();
    expect(tail('f', null, '_start', '_start.command_export')).toBe(2);
    expect(tail()).toBeNull();
  });
});
