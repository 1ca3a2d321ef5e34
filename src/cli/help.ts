/** What `--help` can be asked about. */
export type Topic = 'all' | 'open' | 'read';

const ALL = `wasmortem: says why a WebAssembly program died, from its coredump

  wasmortem DUMP [MODULE...]                   what died, the backtrace, the memories, problems
  wasmortem open DUMP [MODULE...]              the same dump in the viewer, in your browser
  wasmortem read DUMP MEMORY ADDRESS LENGTH    bytes of a memory as a hex dump
  wasmortem [open | read] --help               more about one of them
  wasmortem --version

  DUMP may be gzipped; - reads standard input. A MODULE gives names and lines, if it fits the
  dump; also a separate debug file, a .dwo, a .dwp or a source map.
  --json prints one JSON object for programs (docs/json.md); not with open.

Examples
  wasmortem app.coredump                       why it died, and the stack
  wasmortem app.coredump app.wasm              with functions, lines and values
  gzip -dc app.coredump.gz | wasmortem - --json
  wasmortem open app.coredump app.wasm         look into its memory
  wasmortem read app.coredump 0 0xff90 64      64 bytes of memory 0

Exit status
  0  the file could be read, whatever is in it; open was ended
  2  wrong arguments, an unreadable file, a port that cannot be had

Colours are used on a terminal; NO_COLOR turns them off, FORCE_COLOR on.
`;

const OPEN = `wasmortem open DUMP [MODULE...]: shows a dump in the viewer, in your browser

  --port N        the port to serve at; a free one without it
  --no-browser    prints the address and opens nothing

  Serves the page and the named files to this machine only (127.0.0.1), in the parts that the page
  asks for, until Ctrl+C. The address holds a token of 128 bits: who does not know it gets nothing.
  Whoever may list this machine's processes can see it in the browser's; --no-browser avoids that.
  A file that changes meanwhile is noticed, and the page says so.
  DUMP may be gzipped; - reads standard input to its end first.

Examples
  wasmortem open app.coredump app.wasm
  gzip -dc app.coredump.gz | wasmortem open - app.wasm
  wasmortem open app.coredump --no-browser --port 4000
                  on another machine, after ssh -L 4000:127.0.0.1:4000 to it
`;

const READ = `wasmortem read DUMP MEMORY ADDRESS LENGTH: prints bytes of a memory

  --json          the bytes and their states as one JSON object (docs/json.md)

  ?? is missing from the dump, xx is lost (overwritten, or behind a cut).
  MEMORY, ADDRESS and LENGTH are decimal or 0x hexadecimal; LENGTH is at most 64 MiB.
  DUMP may be gzipped; - reads standard input.

Examples
  wasmortem read app.coredump 0 0xff90 64
  wasmortem read app.coredump 0 0 65536 --json
`;

export const HELP: Readonly<Record<Topic, string>> = { all: ALL, open: OPEN, read: READ };
