const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} = require('node:fs');
const { join, relative } = require('node:path');

/** The programs that users start all day, and what their bundles are made of. */
const programs = ['apps/cli/src/main.ts', 'apps/dashboard/server/main.ts'];
const sources = [
  'apps/cli',
  ...['api', 'server', 'shape', 'store'].map((name) => `apps/dashboard/${name}`),
  'libs',
  'tools/bundle',
  'package.json',
  'package-lock.json',
];
/** What the sources alone need. */
const loader = ['--import', 'tsx'];
/** Bundles that nobody has started for so long go; a sweep may run from an older one than that of the sources now. */
const keptMs = 7 * 24 * 3600 * 1000;

/**
 * The words after `node` with a program's bundle in the place of its TypeScript, which takes most of a second less to start, and for
 * as long as the program runs 80 MB less of memory; bundled when its sources have changed since. Words of other programs, and those
 * of all where there is no bundle and none can be written, stay as they are.
 */
function withBundle(words, root) {
  const isAt = (word) => programs.find((program) => word === join(root, program));
  const at = words.findIndex(isAt);
  if (at === -1) return words;
  const folder = bundleOf(root);
  if (folder === null) return words;
  const flags = words.slice(0, at).filter((word) => !loader.includes(word));
  const bundle = join(folder, isAt(words[at]).replace(/\.ts$/, '.js'));
  return [...flags, bundle, ...words.slice(at + 1)];
}

/** The folder of the bundles; null where there is none. */
function bundleOf(root) {
  try {
    const home = join(realpathSync(join(root, 'node_modules')), '.cache/thaw');
    const folder = join(home, stateOf(root));
    if (existsSync(folder)) noteStart(folder);
    else write(root, home, folder);
    return folder;
  } catch {
    return null;
  }
}

function noteStart(folder) {
  try {
    utimesSync(folder, new Date(), new Date());
  } catch {
    // Where it cannot be noted, none can be written and none goes.
  }
}

/** Bundles into a folder of its own, which takes its name when it is whole. */
function write(root, home, folder) {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(home, { recursive: true });
  const bundled = ['--import', 'tsx', join(root, 'tools/bundle/main.ts'), unfinished, folder];
  const { status } = spawnSync(process.execPath, bundled, { cwd: root, stdio: 'ignore' });
  if (status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new Error('not bundled');
  }
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Another has been quicker.
    if (!existsSync(folder)) throw error;
  }
  for (const name of readdirSync(home)) {
    const old = join(home, name);
    if (Date.now() - statSync(old).mtimeMs > keptMs) rmSync(old, { recursive: true, force: true });
  }
}

/** Changes whenever a source file does. */
function stateOf(root) {
  const hash = createHash('sha256').update(realpathSync(join(root, 'tools')));
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${relative(root, path)} ${mtimeMs} ${size}\n`);
  };
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      if (/^(node_modules|test|bench|dist)$/.test(entry.name)) continue;
      if (entry.isDirectory()) walk(join(path, entry.name));
      else add(join(path, entry.name));
    }
  };
  for (const name of sources) (statSync(join(root, name)).isDirectory() ? walk : add)(join(root, name));
  return hash.digest('hex').slice(0, 32);
}

module.exports = { withBundle };
