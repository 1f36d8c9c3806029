import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import loadWabt from 'wabt';
import { expect, test } from 'vitest';

const libs = fileURLToPath(new URL('../libs', import.meta.url));
const names = (await readdir(libs, { recursive: true })).filter((name) => !name.includes('node_modules'));
const kernels = names.filter((name) => name.endsWith('.wasm')).map((name) => name.slice(0, -'.wasm'.length));

test.each(kernels)('libs/%s.wasm is what its text says', async (name) => {
  const wabt = await loadWabt();
  const text = readFileSync(join(libs, `${name}.wat`), 'utf8');
  const { buffer } = wabt.parseWat(`${name}.wat`, text, { simd: true }).toBinary({});
  expect(Buffer.from(buffer)).toEqual(readFileSync(join(libs, `${name}.wasm`)));
});
