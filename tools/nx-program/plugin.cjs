const { existsSync, readFileSync, rmSync } = require('node:fs');
const { readCall, variable } = require('./call.cjs');
const { createNodes } = require('./project-targets.cjs');

/** Tells the executor what Nx does not, and ends Nx with the program's exit code, of which Nx makes 0 or 1. */
module.exports = {
  name: '@thaw/nx-program',
  createNodesV2: createNodes,

  async preTasksExecution(_, { argv }) {
    process.env[variable] = JSON.stringify(readCall(argv));
  },

  async postTasksExecution(_, { taskResults }) {
    const { exitCode: file } = JSON.parse(process.env[variable]);
    if (!existsSync(file)) return;
    const code = Number(readFileSync(file, 'utf8'));
    rmSync(file);
    // Of several programs Nx knows best.
    if (Object.keys(taskResults).length > 1) return;
    process.once('exit', () => (process.exitCode = code));
  },
};
