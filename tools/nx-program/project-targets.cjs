const { dirname } = require('node:path');

const inEveryProject = [
  'default',
  '^default',
  '{workspaceRoot}/package-lock.json',
  '{workspaceRoot}/tsconfig.base.json',
];

/** What can be done with one lib or app alone, and need not be done again while it and what it imports stay as they are. */
function projectTargets(folder) {
  const target = (command, ...files) => ({
    executor: './tools/nx-program:run',
    options: { command, cwd: '.' },
    cache: true,
    inputs: [...inEveryProject, ...files.map((file) => `{workspaceRoot}/${file}`)],
  });
  return {
    test: target(
      `node node_modules/vitest/vitest.mjs run ${folder}/`,
      'vitest.config.ts',
      'test/support/**/*',
      'test/counts-reporter.ts',
      // Tests of an app start the commands.
      ...(folder.startsWith('apps/') ? ['apps/cli/src/**/*'] : []),
    ),
    lint: target(`node node_modules/eslint/bin/eslint.js ${folder}`, 'eslint.config.js', 'tools/lint/**/*'),
    typecheck: target(`node node_modules/native-typescript/bin/tsc -p ${folder}`),
  };
}

/** As Nx asks for it: the targets of each project by its package.json. */
const createNodes = [
  '{libs,apps}/*/package.json',
  (files) =>
    files.map((file) => {
      const folder = dirname(file);
      return [file, { projects: { [folder]: { targets: projectTargets(folder) } } }];
    }),
];

module.exports = { createNodes };
