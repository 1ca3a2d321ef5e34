import type { CauseFrame } from './types';

/** Where a runtime's way of giving up leaves its words. */
export type MessageSource =
  | 'none'
  /** Rust's: found in memory or in the constants of the call. */
  | 'rust'
  /** `__assert_fail(expression, file, line, function)`: C strings. */
  | 'assert'
  /** The first argument is a C string. */
  | 'c-string'
  /** AssemblyScript's `abort(message, file, line, column)`: UTF-16 strings with their length before them. */
  | 'assemblyscript';

export interface PanicRule {
  /** Matched against a function's names, demangled and as written. */
  readonly name: RegExp;
  readonly title: string;
  readonly message: MessageSource;
  /** Rules of one family follow each other on a stack; the frame below the last is the one to look at. */
  readonly family: 'rust' | 'c' | 'go' | 'zig' | 'swift' | 'assemblyscript';
  /** Says what happened, and not only that it did: counts before a rule that does not. */
  readonly exact: boolean;
}

function rule(
  family: PanicRule['family'],
  name: RegExp,
  title: string,
  message: MessageSource,
  exact = true,
): PanicRule {
  return { family, name, title, message, exact };
}

/**
 * The functions in which runtimes give up, by their names. Legacy-mangled Rust names hold the path as `9panicking`, so
 * the words alone are looked for.
 */
export const PANICS: readonly PanicRule[] = [
  rule(
    'rust',
    /panic_bounds_check|slice_\w*index\w*_fail|slice_index_order_fail/,
    'Rust panic: index out of bounds',
    'rust',
  ),
  rule('rust', /panic_const_(?:div|rem)_by_zero/, 'Rust panic: attempt to divide by zero', 'rust'),
  rule('rust', /panic_const_\w+_overflow/, 'Rust panic: arithmetic overflow', 'rust'),
  rule(
    'rust',
    /(?:option|6option).*(?:unwrap_failed|expect_failed)/,
    'Rust panic: Option::unwrap() on None',
    'rust',
  ),
  rule('rust', /(?:result|6result).*unwrap_failed/, 'Rust panic: Result::unwrap() on Err', 'rust'),
  rule('rust', /assert_failed/, 'Rust panic: assertion failed', 'rust'),
  rule(
    'rust',
    /panic_already_(?:mutably_)?borrowed|already_borrowed/,
    'Rust panic: RefCell already borrowed',
    'rust',
  ),
  rule(
    'rust',
    /handle_alloc_error|__rust_alloc_error_handler|rust_oom/,
    'Rust: memory allocation failed',
    'none',
  ),
  rule('rust', /capacity_overflow/, 'Rust panic: capacity overflow', 'rust'),
  rule(
    'rust',
    /(?:::|\d)panicking(?:::|\d)|rust_panic|__rust_start_panic|rust_begin_unwind|__rust_end_short_backtrace|panic_abort/,
    'Rust panic',
    'rust',
    false,
  ),
  rule(
    'rust',
    /(?:std::|3std7)process(?:::|5)abort|std(?:::|3)sys.*abort_internal|__rust_abort/,
    'Rust: process::abort()',
    'none',
    false,
  ),
  rule('c', /^__assert(?:_fail|_rtn|_func)?$/, 'assertion failed', 'assert'),
  rule('c', /^__stack_chk_fail/, 'stack protector: a buffer on the stack was overrun', 'none'),
  rule('c', /^__cxa_pure_virtual/, 'pure virtual function called', 'none'),
  rule('c', /^__cxa_throw/, 'C++ exception thrown where none can be caught', 'none'),
  rule(
    'c',
    /^std::(?:__\d::)?__throw_(\w+)|^_ZNSt3__2\d+__throw_/,
    'C++ exception thrown where none can be caught',
    'c-string',
  ),
  rule(
    'c',
    /^std::terminate|^_ZSt9terminatev|^std::__terminate|^__terminate/,
    'std::terminate() called',
    'none',
    false,
  ),
  rule('c', /^abort_message$/, 'the C++ runtime gave up', 'c-string', false),
  rule(
    'c',
    /^__wasm_call_ctors_abort|^__ubsan_handle_(\w+)/,
    'undefined behaviour found by the sanitizer',
    'none',
  ),
  rule('c', /^(?:abort|_abort|emscripten_abort|__abort)$/, 'abort() called', 'none', false),
  rule(
    'c',
    /^(?:__imported_wasi_snapshot_preview1_)?(?:__wasi_)?proc_exit$/,
    'the program exited',
    'none',
    false,
  ),
  rule(
    'go',
    /^runtime\.(?:gopanic|panic\w*|goPanic\w+|fatalpanic|throw|fatal\w*|_panic|runtimePanic\w*|abort)$/,
    'Go panic',
    'none',
  ),
  rule(
    'zig',
    /^(?:debug\.(?:defaultPanic|panic\w*)|builtin\.(?:default_panic|panic\w*)|debug\.FullPanic.*)/,
    'Zig panic',
    'none',
  ),
  rule(
    'swift',
    /_assertionFailure|swift_unexpectedError|swift_runtime_unreachable|_fatalErrorMessage/,
    'Swift fatal error',
    'none',
  ),
  rule('assemblyscript', /^~lib\/builtins\/abort$|^env\.abort$/, 'AssemblyScript abort()', 'assemblyscript'),
];

export interface Panic {
  readonly rule: PanicRule;
  /** The name that told. */
  readonly by: string;
  /** The last frame of the machinery: its caller passed the message. */
  readonly last: number;
}

/** The panic's machinery at the young end of a stack; null where the youngest frames are none. */
export function panicOf(frames: readonly CauseFrame[]): Panic | null {
  let found: Panic | null = null;
  for (const [last, { names }] of frames.entries()) {
    const match = ruleOf(names);
    if (match === null) break;
    // Every runtime may end in the C library's abort(); none calls another one's machinery.
    const other = found !== null && found.rule.family !== match.rule.family && found.rule.family !== 'c';
    if (other) break;
    // A rule that says what happened counts before one that says only that the runtime gave up.
    const keep: Panic =
      found !== null && weight(found.rule) > weight(match.rule) ? found : { ...match, last };
    found = { rule: keep.rule, by: keep.by, last };
  }
  return found;
}

/** Of two rules on one stack the weightier says more: what happened, then that a runtime gave up, then that it aborted. */
function weight({ exact, message }: PanicRule): number {
  return exact ? 2 : message === 'none' ? 0 : 1;
}

function ruleOf(names: readonly string[]): { readonly rule: PanicRule; readonly by: string } | null {
  for (const candidate of PANICS) {
    const by = names.find((name) => candidate.name.test(name));
    if (by !== undefined) return { rule: candidate, by };
  }
  return null;
}
