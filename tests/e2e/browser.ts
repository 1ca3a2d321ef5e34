import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { installOnDebian } from '../helpers/debian';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The Chromium that the tests drive: the one that WASMORTEM_CHROMIUM names, Playwright's own if it was installed, the
 * system's, and on Debian as root one that is installed now. The answer is handed on to Playwright's workers, which
 * read the configuration again.
 * @throws a sentence that says what to do when there is none.
 */
export function browserPath(): string {
  const path = process.env['WASMORTEM_CHROMIUM'] ?? installed() ?? installedNow();
  if (path === null)
    throw new Error(
      'No Chromium found. Run `npx playwright install chromium`, or install Chromium or Chrome, or set WASMORTEM_CHROMIUM to its path.',
    );
  process.env['WASMORTEM_CHROMIUM'] = path;
  return path;
}

/** Root has no sandbox to start Chromium in; the rest keeps the browser from calling home during the tests. */
export function browserArguments(): string[] {
  const root = process.getuid?.() === 0;
  return [
    ...(root ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
}

function installed(): string | null {
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(existsSync);
  return found ?? (existsSync(MAC) ? MAC : null);
}

function installedNow(): string | null {
  installOnDebian(['chromium']);
  return installed();
}
