import { WebSocket } from 'ws';

/** What a browser says unasked. */
export interface BrowserEvent {
  readonly method: string;
  readonly params: {
    readonly level?: string;
    readonly text?: string;
    readonly filepath?: string;
    readonly response?: { readonly status: number; readonly url: string };
  };
}

interface Answer {
  readonly id: number;
  readonly type: 'success' | 'error';
  readonly result: unknown;
  readonly message?: string;
}

/** A session of WebDriver BiDi (w3.org/TR/webdriver-bidi), which Firefox speaks by itself. */
export class Bidi {
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, (answer: Answer) => void>();

  private constructor(socket: WebSocket, hear: (event: BrowserEvent) => void) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Answer | BrowserEvent;
      if ('method' in message) hear(message);
      else this.#asked.get(message.id)!(message);
    });
  }

  /** At an address that a browser has printed; `hear` gets the events of these names. */
  static async open(
    url: string,
    events: readonly string[],
    hear: (event: BrowserEvent) => void,
  ): Promise<Bidi> {
    const socket = new WebSocket(`${url}/session`);
    await new Promise((done, fail) => socket.once('open', done).once('error', fail));
    const session = new Bidi(socket, hear);
    await session.send('session.new', { capabilities: {} });
    await session.send('session.subscribe', { events });
    return session;
  }

  /** Rejects with what the browser says where it cannot do it. */
  async send<Result>(method: string, params: object): Promise<Result> {
    const id = this.#asked.size + 1;
    const answered = new Promise<Answer>((done) => this.#asked.set(id, done));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { type, message, result } = await answered;
    if (type === 'error') throw new Error(`${method}: ${message}`);
    return result as Result;
  }
}
