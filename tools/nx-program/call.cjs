const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** The environment variable that carries a call of Nx, as it was typed, to the executor. */
const variable = 'THAW_NX_CALL';

/**
 * What the executor is not told by Nx, from Nx's own `argv`. `words`: those between the target and `--`, which Nx drops; of
 * `nx run runs list -- --help` the program would see `--help` alone. `exitCode`: a file to write the program's to.
 */
function readCall(argv) {
  const dashes = argv.indexOf('--');
  const words = dashes === -1 ? [] : argv.slice(argv[2] === 'run' ? 4 : 3, dashes);
  return { words, exitCode: join(tmpdir(), `thaw-exit-code-${process.pid}`) };
}

/** What Nx and .env tell the processes that Nx starts; an Nx that the program starts would take it for its own. */
const addedByNx =
  /^(NX_(CLI_SET|TUI|VERBOSE_LOGGING|LOAD_DOT_ENV_FILES|WORKSPACE_ROOT|TERMINAL_\w+|STREAM_OUTPUT|PREFIX_OUTPUT|TASK_\w+|FORKED_TASK_EXECUTOR|SKIP_NX_CACHE|NATIVE_COMMAND_RUNNER|ISOLATE_PLUGINS)|LERNA_PACKAGE_NAME)$/;

/** The environment that Nx was called in, of that which it gives to the executor. */
function environmentOf(nxEnvironment) {
  const typed = Object.entries(nxEnvironment).filter(([name]) => name !== variable && !addedByNx.test(name));
  return Object.fromEntries(typed);
}

module.exports = { variable, readCall, environmentOf };
