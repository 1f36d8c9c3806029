const { spawn } = require('node:child_process');
const { once } = require('node:events');
const { writeFileSync } = require('node:fs');
const { constants } = require('node:os');
const { resolve } = require('node:path');
const { withBundle } = require('./bundles.cjs');
const { environmentOf, variable } = require('./call.cjs');

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Starts the target's `command`, of Node.js, without a shell, and ends with its exit code. In `command` words are parted by
 * spaces, and those with a slash are files of the workspace. It runs in `cwd`, by default where Nx was called. The program has
 * Nx's standard input, output and errors themselves: nothing is lost, split or coloured on the way. The command line and
 * the dashboard start from their bundles.
 */
module.exports = async function run(typed, { root, cwd: here, target }) {
  // Not from `typed`, in which an argument may have the name of an option.
  const { command, cwd } = target.options;
  const [, ...words] = command.split(' ').map((word) => (word.includes('/') ? resolve(root, word) : word));
  const call = JSON.parse(process.env[variable] ?? '{"words": []}');
  const program = spawn(
    process.execPath,
    [...withBundle(words, root), ...call.words, ...typed.__unparsed__],
    {
      cwd: cwd === undefined ? here : resolve(root, cwd),
      env: environmentOf(process.env),
      stdio: 'inherit',
    },
  );
  // The program decides when it ends. Ctrl-C reaches it from the terminal and from here.
  for (const signal of signals) process.on(signal, () => program.kill(signal));
  const [exitCode, signal] = await once(program, 'exit');
  const code = exitCode ?? 128 + constants.signals[signal];
  if (call.exitCode !== undefined) writeFileSync(call.exitCode, `${code}`);
  return { success: code === 0 };
};
