import { type Browser, type ElementHandle, type KeyInput, launch, type Page } from 'puppeteer-core';
import type { Driver } from './driver';
// Ends this process with its runner; Puppeteer then ends Firefox.
import './processes';

/** What Puppeteer's own profile leaves on: requests to Mozilla, and pages of the browser's own. */
const PREFERENCES = {
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
};

/** Firefox without a window, over WebDriver BiDi. */
export async function startFirefox(executablePath: string): Promise<Driver> {
  const browser = await launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath,
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: PREFERENCES,
  });
  // Not the one that it begins with: there the focus stays outside of the page, and Enter and Space press no button.
  const page = await browser.newPage();
  return driverOver(browser, page, await browser.version());
}

function driverOver(browser: Browser, page: Page, title: string): Driver {
  return {
    title,
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    run: (body) => page.evaluate(`(async () => { ${body} })()`),
    click: ({ x, y }) => page.mouse.click(x, y),
    wheel: async ({ x, y }, deltaY) => {
      await page.mouse.move(x, y);
      await page.mouse.wheel({ deltaY });
    },
    press: async (key) => {
      if (!key.startsWith('Control+')) return page.keyboard.press(key as KeyInput);
      await page.keyboard.down('Control');
      await page.keyboard.press(key.slice('Control+'.length) as KeyInput);
      await page.keyboard.up('Control');
    },
    type: (text) => page.keyboard.type(text),
    choose: async (input, paths) => {
      const element = await page.waitForSelector(input);
      if (element === null) throw new Error(`no ${input}`);
      await (element as ElementHandle<HTMLInputElement>).uploadFile(...paths);
    },
    resize: (width, height) => page.setViewport({ width, height }),
    picture: () => page.screenshot(),
    close: () => browser.close(),
  };
}
