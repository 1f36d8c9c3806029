import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { Bidi, type BrowserEvent } from './bidi.ts';

/** What is not for this machine itself goes to a proxy that is not there. */
const preferences = `
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
`;
/** In ms, for whatever a page does. */
const patience = 120_000;

const events = ['log.entryAdded', 'network.responseCompleted', 'browsingContext.downloadEnd'];

interface Element {
  readonly sharedId: string;
}

/** A Firefox without a window, with one page. */
export class Firefox {
  /** What went to the console as an error, scripts' errors that nobody caught, and answers that say that something is wrong. */
  readonly errors: string[] = [];
  /** The files that were downloaded. */
  readonly downloads: string[] = [];
  #session!: Bidi;
  #context!: string;
  #close!: () => Promise<void>;

  static async start(executablePath: string): Promise<Firefox> {
    const firefox = new Firefox();
    const profile = await mkdtemp(join(tmpdir(), 'thaw-firefox-'));
    await writeFile(join(profile, 'user.js'), preferences);
    const child = spawn(
      executablePath,
      ['--headless', '--remote-debugging-port', '0', '--profile', profile],
      {
        // What else it keeps stays there, too.
        env: { ...process.env, HOME: profile },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    firefox.#close = async () => {
      child.kill();
      await ended;
      await rm(profile, { recursive: true, force: true });
    };
    try {
      await firefox.#open(child, ended, profile);
    } catch (error) {
      await firefox.#close();
      throw error;
    }
    return firefox;
  }

  async #open(child: ChildProcessByStdio<null, null, Readable>, ended: Promise<void>, folder: string) {
    let said = '';
    const url = await new Promise<string>((ready, fail) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /BiDi listening on (ws:\S+)/.exec(said)?.[1];
        if (found !== undefined) ready(found);
      });
      void ended.then(() => fail(new Error(said)));
    });
    this.#session = await Bidi.open(url, events, (event) => this.#hear(event));
    const downloadBehavior = { type: 'allowed', destinationFolder: folder };
    await this.#session.send('browser.setDownloadBehavior', { downloadBehavior });
    const { context } = await this.#send<{ context: string }>('browsingContext.create', { type: 'tab' });
    this.#context = context;
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Goes to a page, and waits for its heading. */
  async go(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { url, wait: 'complete' });
    await this.find('h1');
  }

  /** Waits until there is such an element, and gives the first. By names and roles Firefox takes seconds to find one on a long page. */
  async find(selector: string): Promise<Element> {
    const locator = { type: 'css', value: selector };
    for (const end = performance.now() + patience; performance.now() < end; await wait(100)) {
      const found = await this.#send<{ nodes: Element[] }>('browsingContext.locateNodes', { locator });
      if (found.nodes.length > 0) return found.nodes[0]!;
    }
    throw new Error(`there is no ${selector}`);
  }

  async click(target: Element): Promise<void> {
    await this.evaluate(
      '(element) => element.scrollIntoView({ block: "center", behavior: "instant" })',
      target,
    );
    const move = { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element: target } };
    const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    await this.#send('input.performActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    await this.#send('input.performActions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** What a function, given as text, says of an element or of the page. */
  async evaluate(functionDeclaration: string, ...args: Element[]): Promise<unknown> {
    const target = { context: this.#context };
    const call = { functionDeclaration, arguments: args, target, awaitPromise: true };
    const { result } = await this.#session.send<{ result: { value?: unknown } }>('script.callFunction', call);
    return result.value;
  }

  #send<Result>(method: string, params: object): Promise<Result> {
    return this.#session.send(method, { context: this.#context, ...params });
  }

  #hear({ method, params: { level, text, filepath, response } }: BrowserEvent): void {
    if (method === 'browsingContext.downloadEnd') this.downloads.push(filepath!);
    else if (level === 'error') this.errors.push(text!);
    else if (response && response.status >= 400) this.errors.push(`${response.status} ${response.url}`);
  }
}
