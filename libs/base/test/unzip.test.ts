import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError, unzip, zipProblem } from '../src/index.ts';

interface FakeEntry {
  name: string;
  data?: string | Buffer;
  /** Unix file mode; 0: made elsewhere. */
  mode?: number;
  flags?: number;
  method?: 0 | 8 | 99;
  /** What the archive says of the data, if it lies. */
  crc?: number;
  size?: number;
}

/** A zip archive (APPNOTE.TXT: local headers, central directory, end record), honest or not. */
function zipOf(entries: FakeEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data = '', mode = 0o100644, flags = 0x800, method = 8, ...lies } of entries) {
    const raw = Buffer.from(data);
    const stored = method === 8 ? deflateRawSync(raw) : raw;
    const nameBytes = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(lies.crc ?? crc32(raw), 10);
    common.writeUInt32LE(stored.length, 14);
    common.writeUInt32LE(lies.size ?? raw.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, stored]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE((mode << 16) >>> 0, 6);
    rest.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), common, rest, nameBytes]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

let folder: string;
let zipFile: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thaw-unzip-'));
  zipFile = join(folder, 'archive.zip');
  target = join(folder, 'target');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function refusal(entries: FakeEntry[], options?: Parameters<typeof unzip>[2]): Promise<string> {
  await writeFile(zipFile, zipOf(entries));
  return refusalOfFile(options);
}

async function refusalOfFile(options?: Parameters<typeof unzip>[2]): Promise<string> {
  const error: unknown = await unzip(zipFile, target, options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

const large = 'fine text '.repeat(50_000);

test('unpacks stored and deflated files into folders, and tells its progress', async () => {
  const bytes = Buffer.from([0, 1, 2, 255]);
  await writeFile(
    zipFile,
    zipOf([
      { name: 'set/', mode: 0o40755 },
      { name: 'set/TRAIN/a.bin', data: bytes, method: 0 },
      { name: 'set/TRAIN/größe.txt', data: large },
      { name: 'set/empty', mode: 0 },
    ]),
  );
  const progress: [number, number][] = [];
  expect(await unzip(zipFile, target, { onProgress: (...step) => progress.push(step) })).toBe(3);
  expect(await readFile(join(target, 'set/TRAIN/a.bin'))).toEqual(bytes);
  expect(await readFile(join(target, 'set/TRAIN/größe.txt'), 'utf8')).toBe(large);
  expect(await readFile(join(target, 'set/empty'), 'utf8')).toBe('');
  expect(progress).toEqual([0, 4, 500_004, 500_004].map((done) => [done, 500_004]));
});

test('writes only what is selected, to where it is told', async () => {
  await writeFile(
    zipFile,
    zipOf([
      { name: 'pack/images/a', data: 'a' },
      { name: 'pack/other/b', data: 'b' },
    ]),
  );
  const select = (name: string) =>
    name.startsWith('pack/images/') ? name.slice('pack/images/'.length) : null;
  expect(await unzip(zipFile, target, { select })).toBe(1);
  expect(await readdir(target, { recursive: true })).toEqual(['a']);
});

describe('before it writes anything it refuses', () => {
  test.each<[string, FakeEntry[], RegExp]>([
    ['a path that leads out', [{ name: '../evil' }], /\.\.\/evil/],
    ['a path that leads out further in', [{ name: 'a/b/../../../evil' }], /a\/b\/\.\.\/\.\.\/\.\.\/evil/],
    ['a path that ends in ..', [{ name: 'a/..' }], /a\/\.\./],
    ['an absolute path', [{ name: '/etc/evil' }], /absolute path/],
    ['a drive letter', [{ name: 'C:/evil' }], /C:\/evil/],
    ['a drive letter without a slash', [{ name: 'C:evil' }], /C:evil/],
    ['a stream of a file (NTFS)', [{ name: 'a/b:evil' }], /colon/],
    ['a backslash', [{ name: '..\\evil' }], /\\\\?evil/],
    ['a control character', [{ name: 'a\u0000b' }], /control character/],
    ['a part that is empty', [{ name: 'a//b' }], /empty part/],
    ['a part that ends in a dot', [{ name: 'a./b' }], /ends in a dot/],
    ['a symbolic link', [{ name: 'link', data: '/etc/passwd', mode: 0o120777 }], /symbolic link/],
    [
      'a symbolic link that looks like a folder',
      [{ name: 'link/', data: '/etc', mode: 0o120777 }],
      /symbolic link/,
    ],
    ['a device', [{ name: 'tty', mode: 0o20666 }], /neither a file nor a folder/],
    ['an encrypted file', [{ name: 'secret', data: 'x', flags: 0x801 }], /encrypted/],
    ['an unknown compression', [{ name: 'x', data: 'x', method: 99 }], /compress/],
    ['two files of one name', [{ name: 'a' }, { name: 'a' }], /"a" and "a" share one path/],
    ['names that differ in case only', [{ name: 'T/a.jpeg' }, { name: 't/A.jpeg' }], /share one path/],
    ['names that differ in Unicode form only', [{ name: 'é' }, { name: 'e\u0301' }], /share one path/],
    ['a file that is a folder too', [{ name: 'a/b' }, { name: 'A' }], /is a file and the folder of/],
  ])('%s', async (_, evil, message) => {
    expect(await refusal([{ name: 'good', data: 'good' }, ...evil])).toMatch(message);
    expect(existsSync(target)).toBe(false);
    expect(existsSync(join(folder, 'evil'))).toBe(false);
  });

  test('too many entries', async () => {
    const entries = Array.from({ length: 11 }, (_, i) => ({ name: String(i) }));
    expect(await refusal(entries, { maxEntries: 10 })).toContain('more than 10 entries');
    expect(existsSync(target)).toBe(false);
  });

  test('too many bytes, unpacked', async () => {
    expect(
      await refusal(
        [
          { name: 'a', data: large },
          { name: 'b', data: large },
        ],
        { maxBytes: 999_999 },
      ),
    ).toContain('unpacked it would have 1000000 bytes, and at most 999999 are allowed');
    expect(existsSync(target)).toBe(false);
  });
});

test('a file that unpacks to more bytes than announced stops there', async () => {
  expect(await refusal([{ name: 'bomb', data: large, size: 100 }], { maxBytes: 1000 })).toMatch(
    /too many bytes/,
  );
  expect((await readFile(join(target, 'bomb'))).length).toBeLessThanOrEqual(100);
});

test('a file with fewer bytes than announced is found', async () => {
  expect(await refusal([{ name: 'short', data: 'abc', size: 100 }])).toMatch(/not enough bytes/);
});

test('a damaged file is found by its CRC-32', async () => {
  expect(await refusal([{ name: 'a', data: 'abc', crc: 1 }])).toContain('entry "a" is damaged');
});

test('nothing is written through a link that stands in the way', async () => {
  await mkdir(target);
  await writeFile(join(folder, 'outside'), 'mine');
  await symlink(join(folder, 'outside'), join(target, 'a'));
  await refusal([{ name: 'a', data: 'evil' }]);
  expect(await readFile(join(folder, 'outside'), 'utf8')).toBe('mine');
});

test.each([
  ['cut short', zipOf([{ name: 'a', data: large }]).subarray(0, -30)],
  ['a page of HTML', Buffer.from('<html>Please sign in</html>'.repeat(10))],
  ['empty', Buffer.alloc(0)],
])('an archive that is %s is no archive', async (_, bytes) => {
  await writeFile(zipFile, bytes);
  expect(await refusalOfFile()).toContain(`${zipFile} cannot be opened as a zip archive`);
  expect(await zipProblem(zipFile)).toMatch(/not a zip archive, or not a whole one/);
});

test('a whole archive has no problem', async () => {
  await writeFile(zipFile, zipOf([{ name: 'a', data: 'a' }]));
  expect(await zipProblem(zipFile)).toBeNull();
});

test('an archive that is not there is named', async () => {
  expect(await refusalOfFile()).toContain(zipFile);
});
