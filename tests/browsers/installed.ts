import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { installOnDebian } from '../helpers/debian';

/** What it takes to drive WebKitGTK. */
export interface WebKitPrograms {
  readonly xvfb: string;
  readonly driver: string;
  readonly miniBrowser: string;
}

/** The browsers of this machine; null for one that is not there. */
export interface Installed {
  readonly firefox: string | null;
  readonly webKit: WebKitPrograms | null;
}

/** What to do for a browser that is not there. */
export const MISSING = {
  firefox:
    'Firefox was not tested: none is installed. Install it (Debian: firefox-esr), or set WASMORTEM_FIREFOX to its path.',
  webKit:
    'WebKit was not tested: it needs Linux with WebKitWebDriver, MiniBrowser and Xvfb. Install them (Debian: webkit2gtk-driver and xvfb).',
} as const;

const MAC_FIREFOX = '/Applications/Firefox.app/Contents/MacOS/firefox';

/** Finds the browsers; on Debian as root those that are missing are installed first. */
export function installedBrowsers(): Installed {
  const packages = [
    ...(firefox() === null ? ['firefox-esr'] : []),
    ...(webKit() === null ? ['webkit2gtk-driver', 'xvfb'] : []),
  ];
  if (packages.length > 0) installOnDebian(packages);
  return { firefox: firefox(), webKit: webKit() };
}

function firefox(): string | null {
  const named = process.env['WASMORTEM_FIREFOX'];
  if (named !== undefined) return named;
  return onPath('firefox-esr') ?? onPath('firefox') ?? (existsSync(MAC_FIREFOX) ? MAC_FIREFOX : null);
}

function webKit(): WebKitPrograms | null {
  const xvfb = onPath('Xvfb');
  const driver = onPath('WebKitWebDriver');
  const miniBrowser = libraries().find(existsSync);
  return xvfb === null || driver === null || miniBrowser === undefined ? null : { xvfb, driver, miniBrowser };
}

/** Where MiniBrowser may stand: a library's folder has the machine's name on Debian, and the version of GTK's API. */
function libraries(): string[] {
  const machines = existsSync('/usr/lib') ? readdirSync('/usr/lib') : [];
  return ['/usr/lib', '/usr/lib64', '/usr/libexec', ...machines.map((name) => `/usr/lib/${name}`)].flatMap(
    (folder) => ['4.1', '4.0', '6.0'].map((api) => join(folder, `webkit2gtk-${api}`, 'MiniBrowser')),
  );
}

function onPath(program: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find(existsSync) ?? null;
}
