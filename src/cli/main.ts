import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { progressText } from '../app/progress';
import { SourceError } from '../bytes/source';
import type { Bytes } from '../bytes/units';
import type { StateRun } from '../coredump/model';
import { visible } from '../coredump/visible';
import { mergedRuns } from '../memory/memory-model';
import type { StoredFile } from '../session/container';
import { createInlineLineRunner } from '../session/line-runner';
import { createLocalSession, INFLATE_LIMIT, type LocalSession } from '../session/local';
import type { FileRole, MemoryWindow, Snapshot } from '../session/types';
import { type Command, parseArguments } from './arguments';
import { FileSource } from './file-source';
import { FileSpool } from './file-spool';
import { HELP } from './help';
import { appendRuns, hexDump, jsonBytes } from './hex-dump';
import { jsonText } from './json-text';
import { COMMANDS, nearest } from './nearest';
import { openCommand } from './open/command';
import { ProgressLine } from './progress-line';
import { memoryReport, stackReport } from './report';
import { arrivalText, STANDARD_INPUT, streamSource } from './stdin-source';
import { styleFor } from './style';
import { COVERAGE_LIMIT, runJson, summaryJson } from './summary-json';

/** The exit status for wrong arguments and files that cannot be read (docs/json.md). */
const UNUSABLE = 2;

const out = (text: string): void => void process.stdout.write(text);

/** Prints, and waits where the reader is slower. */
async function print(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

const line = (text: string): void => out(`${text}\n`);

const progress = new ProgressLine(process.stderr, process.env);

/** Nobody is there to be asked whether to go on past 4 GiB of gzip: `gzip -dc | wasmortem -` has no such limit. */
const newSession = (): LocalSession =>
  createLocalSession({
    createSpool: () => FileSpool.create(),
    atLimit: 'end',
    inflateLimit: INFLATE_LIMIT,
    lineRunner: createInlineLineRunner,
  });

/** On standard error. Names of files stand in it, which may come out of an archive: what they hide is shown. */
function complain(message: string): void {
  const lines = message.split('\n').map((one) => visible(one, 2000));
  process.stderr.write(`wasmortem: ${lines.join('\n')}\n`);
}

/** Says on standard error what a MODULE that gives no names is. */
function unused(role: FileRole): void {
  progress.clear();
  const why = role.role === 'not-used' ? role.reason : `${role.name} is a dump, a module is expected.`;
  process.stderr.write(`wasmortem: not used: ${visible(why)}\n`);
}

/** Files to close before the command ends. */
const openFiles: FileSource[] = [];

async function stored(path: string, onArrival: (arrived: Bytes) => void): Promise<StoredFile> {
  if (path !== '-') {
    const source = await FileSource.open(path);
    openFiles.push(source);
    return { name: basename(path), source };
  }
  return { name: STANDARD_INPUT, source: streamSource(process.stdin, await FileSpool.create(), onArrival) };
}

/**
 * Opens the files and waits until all is indexed.
 * @param onStack called once, as soon as the sections are known and long before memory is indexed.
 */
async function openAll(
  session: LocalSession,
  paths: readonly string[],
  onStack: (snapshot: Snapshot) => void,
): Promise<Snapshot> {
  // What the session has to say of what arrived says more than how much that is.
  let reported = false;
  const onArrival = (arrived: Bytes): void => {
    if (!reported) progress.show(() => arrivalText(arrived));
  };
  const files = await Promise.all(paths.map((path) => stored(path, onArrival)));
  return new Promise((resolve, reject) => {
    let told = false;
    const opening = session.openSources(
      files,
      'replace',
      (update) => {
        if (update.kind === 'failed') reject(new SourceError(update.message));
        if (update.kind === 'progress') {
          reported = true;
          if (update.progress.state === 'running') progress.show(() => progressText(update.progress));
        }
        if (update.kind !== 'snapshot' || !update.snapshot.sectionsKnown || update.snapshot.symbolicating)
          return;
        if (!told) {
          told = true;
          progress.clear();
          onStack(update.snapshot);
        }
        if (update.snapshot.indexing.state !== 'done') return;
        progress.clear();
        resolve(update.snapshot);
      },
      'first',
    );
    opening.then(({ roles }) => {
      for (const role of roles.slice(1)) if (role.role !== 'module') unused(role);
    }, reject);
  });
}

async function summary(command: Command & { kind: 'summary' }): Promise<void> {
  // What is there is a dump, whatever its name.
  const near = existsSync(command.dump) ? null : nearest(command.dump, COMMANDS);
  if (near !== null)
    throw new SourceError(
      `${command.dump}: no such command and no such file; the nearest command is ${near}.`,
    );
  const session = newSession();
  const style = styleFor(process.stdout.isTTY, process.env);
  const snapshot = await openAll(session, [command.dump, ...command.modules], (early) => {
    if (!command.json) for (const text of stackReport(early, style)) line(text);
  });
  if (command.json) {
    const coverage = session.models().map((model) => mergedRuns(model, 0, model.size, COVERAGE_LIMIT));
    line(jsonText(summaryJson(snapshot, coverage)));
  } else {
    for (const text of memoryReport(snapshot, style)) line(text);
  }
  await session.close();
}

/** A range is read and printed piece by piece, so that 64 MiB need no more memory than one; rows stay whole. */
const PIECE = 1 << 20;

async function* pieces(
  session: LocalSession,
  { memory, address, length }: Command & { kind: 'read' },
): AsyncGenerator<MemoryWindow> {
  const end = address + length;
  for (let at = address; at < end; ) {
    const next = Math.min(end, at - (at % PIECE) + PIECE);
    yield await session.read(memory, at, next - at);
    at = next;
  }
}

async function read(command: Command & { kind: 'read' }): Promise<void> {
  const session = newSession();
  await openAll(session, [command.dump], () => undefined);
  if (command.json) {
    const states: StateRun[] = [];
    await print('{"bytes":"');
    for await (const window of pieces(session, command)) {
      appendRuns(states, window.states);
      await print(jsonBytes(window));
    }
    await print(`","states":${JSON.stringify(states.map(runJson))}}\n`);
  } else {
    for await (const window of pieces(session, command)) await print(hexDump(window));
  }
  await session.close();
}

async function main(): Promise<void> {
  const command = parseArguments(process.argv.slice(2));
  switch (command.kind) {
    case 'help':
      return out(HELP[command.topic]);
    case 'version':
      return line(__VERSION__);
    case 'wrong':
      complain(command.message);
      process.exitCode = UNUSABLE;
      return;
    case 'summary':
      return summary(command);
    case 'read':
      return read(command);
    case 'open':
      return openCommand(command, progress);
  }
}

// A reader that has seen enough (`| head`) closes the pipe: that ends the command, and is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
// Nobody reads what is said beside the report; the report, or what is served, is wanted all the same.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

async function run(): Promise<void> {
  try {
    await main();
  } finally {
    await Promise.all(openFiles.map((file) => file.close()));
  }
}

run().catch((error: unknown) => {
  progress.clear();
  const known = error instanceof SourceError;
  complain(known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = UNUSABLE;
});
