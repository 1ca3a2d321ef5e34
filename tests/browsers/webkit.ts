import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Driver, NamedKey } from './driver';
import type { WebKitPrograms } from './installed';
import { endGroup, startGroup } from './processes';
import { isReady, WebDriver } from './webdriver';

/** https://www.w3.org/TR/webdriver2/#keyboard-actions */
const KEYS: Readonly<Record<NamedKey | 'Control', string>> = {
  Enter: '\uE007',
  Escape: '\uE00C',
  Tab: '\uE004',
  Home: '\uE011',
  End: '\uE010',
  PageDown: '\uE00F',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  F6: '\uE036',
  Control: '\uE009',
};

/** WebKitGTK's MiniBrowser, which needs a screen: it gets one of its own, in memory. */
export async function startWebKit({ xvfb, driver, miniBrowser }: WebKitPrograms): Promise<Driver> {
  const screen = startGroup(xvfb, ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise<string>((resolve, reject) => {
    screen.once('error', reject);
    screen.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
    screen.stdio[3]?.once('data', (data) => resolve(String(data).trim()));
  });
  const port = await freePort();
  const server = startGroup(driver, ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: `:${number}`, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' },
  });
  const end = () => {
    endGroup(server);
    endGroup(screen);
  };
  try {
    const url = `http://127.0.0.1:${port}`;
    const until = Date.now() + 20_000;
    while (!(await isReady(url))) {
      if (Date.now() > until) throw new Error('WebKitWebDriver did not answer within 20 s');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const session = await WebDriver.start(url, {
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] },
    });
    return driverOver(session, end);
  } catch (error) {
    end();
    throw error;
  }
}

function driverOver(session: WebDriver, end: () => void): Driver {
  const down = (value: string) => ({ type: 'keyDown', value });
  const up = (value: string) => ({ type: 'keyUp', value });
  const run = (body: string) => session.runAsync(body);
  return {
    title: `WebKitGTK ${session.title}`,
    open: (url) => session.open(url),
    reload: () => session.refresh(),
    run,
    click: ({ x, y }) =>
      session.act('pointer', [
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]),
    wheel: ({ x, y }, deltaY) =>
      session.act('wheel', [{ type: 'scroll', x: Math.round(x), y: Math.round(y), deltaX: 0, deltaY }]),
    press: async (key) => {
      const held = key.startsWith('Control+');
      const name = held ? key.slice('Control+'.length) : key;
      const value = name in KEYS ? KEYS[name as NamedKey] : name;
      const pressed = [down(value), up(value)];
      await session.act('key', held ? [down(KEYS.Control), ...pressed, up(KEYS.Control)] : pressed);
    },
    type: (text) =>
      session.act(
        'key',
        Array.from(text).flatMap((letter) => [down(letter), up(letter)]),
      ),
    choose: (input, paths) => session.sendTo(input, paths.join('\n')),
    resize: async (width, height) => {
      await session.setWindow(width, height);
      // The window has a frame and a tool bar, whose height only the page knows.
      const [w, h] = (await run('return [innerWidth, innerHeight]')) as [number, number];
      await session.setWindow(width + (width - w), height + (height - h));
    },
    picture: () => session.screenshot(),
    close: async () => {
      try {
        await session.end();
      } finally {
        end();
      }
    },
  };
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
