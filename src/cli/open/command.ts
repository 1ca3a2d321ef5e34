import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SourceError, sizeOf } from '../../bytes/source';
import { visible } from '../../coredump/visible';
import type { Command } from '../arguments';
import { FileSpool } from '../file-spool';
import type { ProgressLine } from '../progress-line';
import { arrivalText, STANDARD_INPUT, streamSource } from '../stdin-source';
import { filePath, newFolder, openAddress } from './address';
import { openBrowser } from './browser';
import { namedFile, type Served, servedSpool } from './served';
import { servePage } from './server';
import { BINARY, readSite } from './site';

/** The built page stands beside the built command. */
const SITE = fileURLToPath(new URL('./site/', import.meta.url));

/**
 * Serves the page and the files until the process is told to end. Resolved when the address is printed.
 * @throws a SourceError with a sentence when something cannot be served.
 */
export async function openCommand(
  { browser, dump, modules, port }: Command & { kind: 'open' },
  progress: ProgressLine,
): Promise<void> {
  const site = await readSite(SITE);
  const paths = [dump, ...modules];
  const names = paths.map((path) => (path === '-' ? STANDARD_INPUT : basename(path)));
  const files = await Promise.all(paths.map((path) => served(path, progress)));
  const folder = newFolder();
  const routes = new Map(site.routes);
  for (const [index, file] of files.entries()) routes.set(filePath(index, names[index] ?? ''), file);
  const server = await servePage({ folder, routes, headers: site.headers, port });
  const address = openAddress(server.origin, folder, names);
  endOnSignals(server.close);
  process.stdout.write(`${address}\n`);
  if (process.stderr.isTTY) say(`Serving ${listed(names)} to this machine only. Ctrl+C ends it.`);
  if (browser)
    await openBrowser(address, (why) =>
      say(`The browser was not opened: ${why}. Open the address yourself.`),
    );
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

function listed([dump = '', ...modules]: readonly string[]): string {
  const rest =
    modules.length === 0 ? '' : ` and ${modules.length} ${modules.length === 1 ? 'module' : 'modules'}`;
  return `${visible(dump)}${rest}`;
}

async function served(path: string, progress: ProgressLine): Promise<Served> {
  return path === '-' ? standardInput(process.stdin, progress) : namedFile(path, BINARY);
}

/** The page reads from the end first, so all of it has to be here. */
async function standardInput(stream: Readable, progress: ProgressLine): Promise<Served> {
  const spool = await FileSpool.create();
  const source = streamSource(stream, spool, (arrived) => progress.show(() => arrivalText(arrived)));
  const size = await sizeOf(source);
  progress.clear();
  if (size === 0) throw new SourceError('Standard input is empty.');
  return servedSpool(spool, BINARY);
}

/** The user ends it: that is how it is meant to end. */
function endOnSignals(close: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      close();
      process.exit(0);
    });
}
