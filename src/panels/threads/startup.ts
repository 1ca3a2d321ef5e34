import type { FrameName } from '../../session/types';

/**
 * Functions in which nothing of the program runs: they call its `main`. Of wasi-libc (crt1-command, `__main_void`), of
 * wasm-ld (`.command_export`), of Rust's std (`lang_start`, `__rust_begin_short_backtrace`).
 */
const STARTUP =
  /^(?:_start|_initialize|__main_void|__main_argc_argv|__original_main|__wasm_call_ctors|.*\.command_export|std::rt::lang_start.*|std::sys(?:_common)?::backtrace::__rust_begin_short_backtrace.*|(?:core::ops::function|<.*)::FnOnce.*::call_once.*)$/;

/** `__original_main` is start-up in wasi-libc and, without arguments, the program's own `main`: its line tells which. */
function isStartup({ function: name, lines }: FrameName): boolean {
  if (name === null || !STARTUP.test(name)) return false;
  return lines.at(-1)?.function !== 'main';
}

/**
 * Where the tail of a stack begins that is only run-time start-up; null where there is none worth folding: fewer than
 * two frames, or nothing else on the stack.
 */
export function startupTail(frames: readonly FrameName[]): number | null {
  let start = frames.length;
  for (let frame = frames[start - 1]; frame !== undefined && isStartup(frame); frame = frames[start - 1])
    start -= 1;
  return start === 0 || frames.length - start < 2 ? null : start;
}
