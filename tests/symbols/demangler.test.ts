import { describe, expect, it } from 'vitest';
import { type Demangle, isMangled, loadDemangler } from '../../src/symbols/demangler';

/** A name of little length whose text doubles `depth` times. */
function doubling(depth: number): string {
  const substitution = (index: number): string =>
    index === 0 ? 'S_' : `S${(index - 1).toString(36).toUpperCase()}_`;
  let name = '_Z1f1AIiiE';
  for (let index = 1; index <= depth; index += 1) name += `S_I${substitution(index)}${substitution(index)}E`;
  return name;
}

describe('names that are mangled', () => {
  it.each([
    '_Z1fv',
    '__Z1fv',
    '_ZN4core9panicking5panic17h0123456789abcdefE',
    '_RNvCs123_4main3foo',
    '_ZTV5Shape',
  ])('%s is one', (name) => expect(isMangled(name)).toBe(true));

  // Of these a demangler makes types: float, __float128, int, unsigned char, char, void, ...
  it.each([
    'f',
    'g',
    'i',
    'h',
    'c',
    'v',
    'x',
    'main',
    '_start',
    '__original_main',
    '_Exit',
    '__wasm_call_ctors',
    'Z1fv',
    '',
    '_R',
    '_Z',
  ])('%s is none', (name) => expect(isMangled(name)).toBe(false));
});

describe('the demangler', () => {
  // Of llvm-cxxfilt 22, but for the hash of legacy Rust names and the space in `> >`, which it writes otherwise.
  const KNOWN: readonly (readonly [string, string])[] = [
    ['_Z1fv', 'f()'],
    ['__Z1fv', 'f()'],
    ['_ZNK6Circle4areaEv', 'Circle::area() const'],
    ['_ZZ4mainENK3$_0clEi', 'main::$_0::operator()(int) const'],
    [
      '_ZNSt3__26vectorIiNS_9allocatorIiEEE9push_backB8ne180100EOi',
      'std::__2::vector<int, std::__2::allocator<int> >::push_back[abi:ne180100](int&&)',
    ],
    ['_ZN3std9panicking20rust_panic_with_hook17h6ac9107c42850161E', 'std::panicking::rust_panic_with_hook'],
    [
      '_ZN3std2rt10lang_start28_$u7b$$u7b$closure$u7d$$u7d$17hd30ecf78b08b3780E.llvm.9883977777014584609',
      'std::rt::lang_start::{{closure}}',
    ],
    ['_RNvCs123_4main3foo', 'main::foo'],
    ['_RINvNtC3std3mem8align_ofjE', 'std::mem::align_of::<usize>'],
  ];

  it.each(KNOWN)('%s', async (mangled, name) => {
    expect((await loadDemangler())(mangled)).toBe(name);
  });

  it.each(['f', '_start', '_Zoo_is_no_name', '_RNvMs0_NtCs5l0EXMQXRMU_21rustc_demangle', '_Z', '_ZN'])(
    '%s stays as it is',
    async (name) => {
      expect((await loadDemangler())(name)).toBeNull();
    },
  );

  it('gives up on a name that doubles itself, at once, and still reads the next', async () => {
    const demangle: Demangle = await loadDemangler();
    const began = performance.now();
    for (const depth of [16, 22, 30]) expect(demangle(doubling(depth))).toBeNull();
    expect(performance.now() - began).toBeLessThan(1500);
    expect(demangle(doubling(3))).toMatch(/^f\(A<int, int>, A<A<int, int>, A<int, int> >/);
    expect(demangle('_Z1fv')).toBe('f()');
  });
});
