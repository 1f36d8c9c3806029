import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { download, DownloadError, UserError, type DownloadOptions } from '../src/index.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** 200,000 bytes that differ at every place. */
const content = Buffer.concat(
  Array.from({ length: 6250 }, (_, i) => createHash('sha256').update(String(i)).digest()),
);
const sha256 = createHash('sha256').update(content).digest('hex');
const md5 = createHash('md5').update(content).digest('hex');

let folder: string;
let target: string;
let servers: Server[];
/** What the server was asked, in order: "path range if-range". */
let asked: { url: string; range: string | null; ifRange: string | null; authorization: string | null }[];
let slept: number[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-download-'));
  target = join(folder, 'deep', 'file.bin');
  servers = [];
  asked = [];
  slept = [];
});

afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

/** A server on loopback that gives the answers in order, the last one for ever. Returns its address. */
async function serve(...answers: Answer[]): Promise<string> {
  let next = 0;
  const server = createServer((request, response) => {
    const { range, 'if-range': ifRange, authorization } = request.headers;
    asked.push({
      url: request.url ?? '',
      range: range ?? null,
      ifRange: (ifRange as string | undefined) ?? null,
      authorization: authorization ?? null,
    });
    answers[Math.min(next++, answers.length - 1)]!(request, response);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An honest server: ranges, If-Range, ETag. `breakAfter` bytes of the body it cuts the connection. */
function honest({
  body = content,
  etag = '"one"' as string | null,
  date = null as string | null,
  breakAfter = Infinity,
} = {}): Answer {
  return (request, response) => {
    const validators = { ...(etag && { etag }), ...(date && { 'last-modified': date }) };
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? NaN);
    const same = [etag, date].includes((request.headers['if-range'] as string | undefined) ?? null);
    let offset = 0;
    if (!Number.isNaN(from) && same) {
      if (from >= body.length) {
        response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
        return;
      }
      offset = from;
      response.writeHead(206, {
        ...validators,
        'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
        'content-length': body.length - from,
      });
    } else {
      response.writeHead(200, { ...validators, 'content-length': body.length });
    }
    const end = offset + breakAfter;
    if (body.length <= end) {
      response.end(body.subarray(offset));
    } else {
      response.write(body.subarray(offset, end), () => void breakOnceReceived(response, end));
    }
  };
}

/** Cuts the connection when the part on disk holds so many bytes: what is under way at the cut may or may not arrive. */
async function breakOnceReceived(response: ServerResponse, bytes: number): Promise<void> {
  await partHolds(bytes, () => response.destroyed);
  response.destroy();
}

async function partHolds(bytes: number, isOver = () => false): Promise<void> {
  const received = () =>
    stat(`${target}.part`).then(
      ({ size }) => size,
      () => 0,
    );
  while (!isOver() && (await received()) < bytes) await sleep(2);
}

function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_, response) => response.writeHead(code, headers).end('sorry');
}

/** Announces one length and sends another. */
function liar(announced: number, body: Buffer, headers: Record<string, string> = {}): Answer {
  return (_, response) => {
    response.writeHead(200, { 'content-length': announced, connection: 'close', ...headers });
    response.write(body, () => response.socket?.end());
  };
}

function get(url: string, options: Partial<DownloadOptions> = {}): Promise<void> {
  return download({
    url: `${url}/file.bin`,
    target,
    sleep: (ms) => Promise.resolve(slept.push(ms)),
    ...options,
  });
}

async function failure(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

async function filesBeside(): Promise<string[]> {
  return (await readdir(join(folder, 'deep'))).sort();
}

async function expectWhole(): Promise<void> {
  expect((await readFile(target)).equals(content)).toBe(true);
  expect(await filesBeside()).toEqual(['file.bin']);
}

describe('a whole download', () => {
  test('writes the exact bytes, tells its progress, and leaves nothing else behind', async () => {
    const progress: [number, number | null][] = [];
    await get(await serve(honest()), {
      size: 200_000,
      sha256,
      md5,
      onProgress: (...step) => progress.push(step),
    });
    await expectWhole();
    expect(progress[0]).toEqual([0, 200_000]);
    expect(progress.at(-1)).toEqual([200_000, 200_000]);
    expect(progress.map(([done]) => done)).toEqual(progress.map(([done]) => done).sort((a, b) => a - b));
  });

  test('asks nothing of the network if the file is there', async () => {
    await mkdir(join(folder, 'deep'));
    await writeFile(target, 'mine');
    await get(await serve(status(500)));
    expect(asked).toEqual([]);
    expect(await readFile(target, 'utf8')).toBe('mine');
  });

  test('works without a Content-Length', async () => {
    const progress: (number | null)[] = [];
    const url = await serve((_, response) => {
      response.write(content); // before end: chunked
      response.end();
    });
    await get(url, { onProgress: (_, total) => progress.push(total) });
    await expectWhole();
    expect(new Set(progress)).toEqual(new Set([null]));
  });

  test('follows redirects, and does not carry credentials to another host', async () => {
    const storage = await serve(honest());
    const front = await serve((_, response) =>
      response.writeHead(302, { location: `${storage}/stored` }).end(),
    );
    await get(front, { headers: { authorization: 'Basic c2VjcmV0' } });
    await expectWhole();
    expect(asked.map(({ url, authorization }) => [url, authorization])).toEqual([
      ['/file.bin', 'Basic c2VjcmV0'],
      ['/stored', null],
    ]);
  });

  test('is done once when two ask for the same file at once', async () => {
    const url = await serve(honest());
    await Promise.all([get(url), get(url), get(url)]);
    await expectWhole();
    expect(asked).toHaveLength(1);
  });
});

describe('a connection that breaks off', () => {
  test('is taken up where it ended, with Range and If-Range', async () => {
    await get(await serve(honest({ breakAfter: 70_000 }), honest({ breakAfter: 50_000 }), honest()));
    await expectWhole();
    expect(asked.map(({ range, ifRange }) => [range, ifRange])).toEqual([
      [null, null],
      ['bytes=70000-', '"one"'],
      ['bytes=120000-', '"one"'],
    ]);
    expect(slept).toEqual([1000, 1000]); // each got further
  });

  test('is taken up by the date where there is no strong ETag', async () => {
    const date = 'Wed, 21 Oct 2015 07:28:00 GMT';
    await get(
      await serve(honest({ etag: 'W/"weak"', date, breakAfter: 70_000 }), honest({ etag: 'W/"weak"', date })),
    );
    await expectWhole();
    expect(asked[1]).toMatchObject({ range: 'bytes=70000-', ifRange: date });
  });

  test('starts from zero where the server names no version', async () => {
    await get(await serve(honest({ etag: null, breakAfter: 70_000 }), honest({ etag: null })));
    await expectWhole();
    expect(asked[1]).toMatchObject({ range: null, ifRange: null });
  });

  test('starts from zero where the server ignores Range', async () => {
    const ignorant: Answer = (_, response) =>
      response.writeHead(200, { etag: '"one"', 'content-length': content.length }).end(content);
    await get(await serve(honest({ breakAfter: 70_000 }), ignorant));
    await expectWhole();
    expect(asked[1]).toMatchObject({ range: 'bytes=70000-' });
  });

  test('never joins two versions of a file: the server minds If-Range', async () => {
    const old = Buffer.alloc(200_000, 'old');
    await get(await serve(honest({ body: old, etag: '"old"', breakAfter: 70_000 }), honest()));
    await expectWhole();
  });

  test('never joins two versions of a file: the server ignores If-Range but its ETag differs', async () => {
    const old = Buffer.alloc(200_000, 'old');
    const careless: Answer = (request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
      response
        .writeHead(206, { etag: '"one"', 'content-range': `bytes ${from}-199999/200000` })
        .end(content.subarray(from));
    };
    await get(await serve(honest({ body: old, etag: '"old"', breakAfter: 70_000 }), careless, honest()));
    await expectWhole();
    expect(asked[2]).toMatchObject({ range: null });
  });

  test.each([
    ['another place', 'bytes 10-199999/200000'],
    ['another size', 'bytes 70000-299999/300000'],
    ['nothing readable', 'elephants'],
  ])('starts from zero where the answer to Range names %s', async (_, range) => {
    const wrong: Answer = (_request, response) =>
      response.writeHead(206, { etag: '"one"', 'content-range': range }).end(content.subarray(70_000));
    await get(await serve(honest({ breakAfter: 70_000 }), wrong, honest()));
    await expectWhole();
  });

  test('starts from zero where the file became shorter than the part', async () => {
    await get(await serve(honest({ breakAfter: 70_000 }), status(416), honest()));
    await expectWhole();
  });

  test('gives up after five attempts that got no further, waiting longer each time, and keeps the part', async () => {
    const stuck: Answer = (request, response) => {
      if (request.headers.range === undefined) honest({ breakAfter: 70_000 })(request, response);
      else response.destroy();
    };
    const error = await failure(get(await serve(stuck)));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toMatch(
      /Could not download http.*70000 of 200000 bytes are kept in .*file\.bin\.part/,
    );
    expect(asked).toHaveLength(5);
    expect(slept).toEqual([1000, 2000, 4000, 8000]);
    expect(await filesBeside()).toEqual(['file.bin.part', 'file.bin.part.json']);
  });

  test('counts as broken when no byte comes for the given time', async () => {
    const silent: Answer = () => undefined;
    const stalling: Answer = (_, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': content.length });
      response.write(content.subarray(0, 70_000));
    };
    await get(await serve(silent, stalling, honest()), { timeoutMs: 1000 });
    await expectWhole();
    expect(asked[2]).toMatchObject({ range: 'bytes=70000-' });
  });

  test('names the stall when it gives up', async () => {
    const error = await failure(get(await serve(() => undefined), { timeoutMs: 100, attempts: 2 }));
    expect(error.message).toContain('no answer for 0.1 s');
  });
});

describe('whatever happens on the way', () => {
  const changed = Buffer.alloc(150_000, 'changed');
  const ignorant: Answer = (_, response) =>
    response.writeHead(200, { etag: '"one"', 'content-length': content.length }).end(content);
  const mishap = fc.oneof(
    fc.nat(199_999).map((breakAfter) => honest({ breakAfter })),
    fc.nat(199_999).map((breakAfter) => honest({ etag: null, breakAfter })),
    fc.nat(149_999).map((breakAfter) => honest({ body: changed, etag: '"two"', breakAfter })),
    fc.constantFrom(status(500), status(416), ignorant),
  );

  test('the file that appears in the end has the exact bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 4 }), async (mishaps) => {
        await rm(join(folder, 'deep'), { recursive: true, force: true });
        await get(await serve(...mishaps, honest()), { attempts: 6 });
        await expectWhole();
      }),
      { numRuns: 40 },
    );
  });
});

describe('a process that is killed', () => {
  test('leaves a part that the next process completes to the exact bytes', async () => {
    const stopsHalfway: Answer = (_, response) => {
      response.writeHead(200, { etag: '"one"', 'content-length': content.length });
      response.write(content.subarray(0, 100_000));
    };
    const url = await serve(stopsHalfway, honest());
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        '--input-type=module',
        '--eval',
        `import { download } from ${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)};
         await download(${JSON.stringify({ url: `${url}/file.bin`, target })});`,
      ],
      { stdio: 'inherit' },
    );
    await partHolds(100_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await filesBeside()).toEqual(['file.bin.part', 'file.bin.part.json', 'file.bin.part.lock']);
    expect(existsSync(target)).toBe(false);

    await get(url, { sha256 });
    await expectWhole();
    expect(asked[1]).toMatchObject({ range: 'bytes=100000-', ifRange: '"one"' });
  });

  test('after the last byte but before the renaming needs no network again', async () => {
    await mkdir(join(folder, 'deep'));
    const url = await serve(status(500));
    await writeFile(`${target}.part`, content);
    await writeFile(
      `${target}.part.json`,
      JSON.stringify({ url: `${url}/file.bin`, validator: null, total: content.length, md5: null }),
    );
    await get(url, { sha256 });
    await expectWhole();
    expect(asked).toEqual([]);
  });

  test.each([
    [
      'the part of another address',
      { url: 'http://127.0.0.1/other', validator: '"one"', total: 200_000, md5: null },
    ],
    ['a part longer than its file', { validator: '"one"', total: 10, md5: null }],
    ['a part without a readable state', null],
  ])('%s is not gone on with', async (_, state) => {
    await mkdir(join(folder, 'deep'));
    const url = await serve(honest());
    await writeFile(`${target}.part`, 'foreign bytes');
    await writeFile(
      `${target}.part.json`,
      state === null ? '{"url' : JSON.stringify({ url: `${url}/file.bin`, ...state }),
    );
    await get(url);
    await expectWhole();
    expect(asked[0]).toMatchObject({ range: null });
  });

  test('on another host loses its lock after a minute without a sign of life', async () => {
    await mkdir(join(folder, 'deep'));
    const lock = `${target}.part.lock`;
    await writeFile(lock, JSON.stringify({ host: `not-${hostname()}`, pid: process.pid }));
    const past = new Date(Date.now() - 61_000);
    await utimes(lock, past, past);
    await get(await serve(honest()));
    await expectWhole();
  });
});

describe('a server that answers wrongly', () => {
  test('sends less than it announces: the attempts end with how much came', async () => {
    const error = await failure(get(await serve(liar(300_000, content))));
    expect(error.message).toMatch(/the connection ended after \d+ of 300000 bytes/);
    expect(asked).toHaveLength(5);
    expect(existsSync(target)).toBe(false);
  });

  test.each<[string, Partial<DownloadOptions>, RegExp]>([
    ['the size', { size: 200_000 }, /announces 100000 bytes, but the file has 200000/],
    ['the SHA-256', { sha256 }, /sha256 should be [0-9a-f]{64} and is/],
    ['the MD5', { md5 }, /md5 should be/],
    [
      'a look at the content',
      { check: () => Promise.resolve('it has no end') },
      /wrong content: it has no end/,
    ],
  ])('sends more than it announces: known by %s', async (_, known, message) => {
    const error = await failure(get(await serve(liar(100_000, content)), known));
    expect(error.message).toMatch(message);
    expect(await filesBeside()).toEqual([]);
  });

  test('announces an MD5 (Google storage) and sends a truncated file', async () => {
    const headers = { 'x-goog-hash': `crc32c=AAAAAA==,md5=${Buffer.from(md5, 'hex').toString('base64')}` };
    const error = await failure(get(await serve(liar(100_000, content.subarray(0, 100_000), headers))));
    expect(error.message).toContain(`md5 should be ${md5}`);
  });

  test('serves a truncated file once: it is discarded and fetched again from zero', async () => {
    await get(await serve(honest({ body: content.subarray(0, 150_000) }), honest()), { sha256 });
    await expectWhole();
    expect(asked[1]).toMatchObject({ range: null });
  });

  test('serves the wrong content twice: that is the end', async () => {
    const error = await failure(get(await serve(honest({ body: Buffer.from('<html>') })), { sha256 }));
    expect(error).toBeInstanceOf(DownloadError);
    expect(asked).toHaveLength(2);
    expect(await filesBeside()).toEqual([]);
  });

  test('sends without end: it stops at the known size', async () => {
    const endless: Answer = (_, response) => {
      const more = (): void => {
        while (response.write(content));
        response.once('drain', more);
      };
      more();
      response.on('close', () => response.removeAllListeners('drain'));
    };
    const error = await failure(get(await serve(endless), { size: 1000 }));
    expect(error.message).toContain('more than 1000 bytes');
  });

  test.each([404, 403, 401, 410])('answers %i: no second attempt', async (code) => {
    const error = await failure(get(await serve(status(code))));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toContain(`the server answered ${code}`);
    expect(asked).toHaveLength(1);
  });

  test.each([500, 502, 503, 429, 408])('answers %i at first: tried again', async (code) => {
    await get(await serve(status(code), status(code), honest()));
    await expectWhole();
    expect(slept).toEqual([1000, 2000]);
  });

  test.each([
    ['3', 3000],
    ['100000', 60_000],
    ['soon', 1000],
  ])('asks to be left alone for %s seconds', async (seconds, pause) => {
    await get(await serve(status(429, { 'retry-after': seconds }), honest()));
    expect(slept).toEqual([pause]);
  });

  test('redirects in a circle: no second attempt', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/again' }).end());
    const error = await failure(get(url));
    expect(error.message).toContain('redirect');
    expect(slept).toEqual([]);
  });

  test('is not there: the reason is named', async () => {
    const url = await serve(honest());
    servers[0]!.close();
    const error = await failure(get(url));
    expect(error.message).toMatch(/ECONNREFUSED/);
    expect(slept).toHaveLength(4);
  });
});

describe('circumstances that the user can mend', () => {
  test.each(['ftp://127.0.0.1/x', 'nonsense', '', 'http://user:secret@127.0.0.1/x'])(
    'address %j',
    async (url) => {
      expect((await failure(download({ url, target }))).message).toContain('https://');
    },
  );

  test('a file stands where a folder should be', async () => {
    await writeFile(join(folder, 'deep'), '');
    expect((await failure(get('http://127.0.0.1:9'))).message).toMatch(/Cannot write .*deep.* is a file/);
  });

  test('a folder stands where the file should be', async () => {
    await mkdir(target, { recursive: true });
    expect((await failure(get('http://127.0.0.1:9'))).message).toContain(
      'a folder of this name is in the way',
    );
  });

  test.skipIf(!existsSync('/dev/full'))('the disk is full', async () => {
    await mkdir(join(folder, 'deep'));
    await symlink('/dev/full', `${target}.part`);
    const error = await failure(get(await serve(honest())));
    expect(error.message).toMatch(/Cannot write .*file\.bin\.part: the disk is full.*ENOSPC/);
    expect(error).not.toBeInstanceOf(DownloadError);
    expect(asked).toHaveLength(1);
    expect(existsSync(target)).toBe(false);
  });
});
