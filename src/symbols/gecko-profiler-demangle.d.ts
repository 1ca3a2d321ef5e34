/** The package's glue, below its entry: that one imports the WebAssembly file as a module, which needs a bundler's plugin. */
declare module 'gecko-profiler-demangle/index_bg.js' {
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
  export function __wbindgen_init_externref_table(): void;
  export function demangle_any(name: string): string;
}

declare module 'gecko-profiler-demangle/index_bg.wasm?url&inline' {
  const url: string;
  // biome-ignore lint/style/noDefaultExport: it is what Vite makes of the file
  export default url;
}
