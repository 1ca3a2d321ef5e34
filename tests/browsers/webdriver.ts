/** The session's part of the W3C WebDriver protocol that the path needs: JSON over HTTP on the loopback. */
export class WebDriver {
  readonly #session: string;
  readonly title: string;

  private constructor(session: string, title: string) {
    this.#session = session;
    this.title = title;
  }

  /** @throws with the driver's own words where it starts no browser. */
  static async start(server: string, capabilities: Readonly<Record<string, unknown>>): Promise<WebDriver> {
    const answer = await ask('POST', `${server}/session`, { capabilities: { alwaysMatch: capabilities } });
    const { sessionId, capabilities: given } = answer as {
      sessionId: string;
      capabilities: Readonly<Record<string, unknown>>;
    };
    return new WebDriver(
      `${server}/session/${sessionId}`,
      `${given['browserName']} ${given['browserVersion']}`,
    );
  }

  async end(): Promise<void> {
    await ask('DELETE', this.#session, null);
  }

  async open(url: string): Promise<void> {
    await this.#post('url', { url });
  }

  async refresh(): Promise<void> {
    await this.#post('refresh', {});
  }

  async runAsync(body: string): Promise<unknown> {
    const script = `const done = arguments[arguments.length - 1];
      (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const answer = (await this.#post('execute/async', { script, args: [] })) as {
      value?: unknown;
      error?: string;
    };
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }

  async setWindow(width: number, height: number): Promise<void> {
    await this.#post('window/rect', { x: 0, y: 0, width, height });
  }

  async screenshot(): Promise<Uint8Array> {
    return Buffer.from((await ask('GET', `${this.#session}/screenshot`, null)) as string, 'base64');
  }

  /** Actions of one input source, and then all its keys and buttons are up. */
  async act(type: 'pointer' | 'key' | 'wheel', actions: readonly Readonly<Record<string, unknown>>[]) {
    await this.#post('actions', { actions: [{ type, id: type, actions }] });
    await ask('DELETE', `${this.#session}/actions`, null);
  }

  /** What WebDriver calls "send keys to an element"; on a file input, the paths that are chosen. */
  async sendTo(selector: string, text: string): Promise<void> {
    const element = (await this.#post('element', { using: 'css selector', value: selector })) as object;
    await this.#post(`element/${Object.values(element)[0]}/value`, { text });
  }

  #post(command: string, body: object): Promise<unknown> {
    return ask('POST', `${this.#session}/${command}`, body);
  }
}

/** Whether a WebDriver server answers there and would start a browser. */
export async function isReady(server: string): Promise<boolean> {
  try {
    return ((await ask('GET', `${server}/status`, null)) as { ready: boolean }).ready;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** One command. @throws the error that the driver answers, with the command that it refused. */
async function ask(method: string, url: string, body: object | null): Promise<unknown> {
  const response = await fetch(url, { method, body: body === null ? null : JSON.stringify(body) });
  const { value } = (await response.json()) as { value: { error?: string; message?: string } | null };
  if (response.ok) return value;
  throw new Error(`${method} ${new URL(url).pathname}: ${value?.error}: ${value?.message}`);
}
