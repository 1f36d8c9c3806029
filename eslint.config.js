import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { noImportCircle } from './tools/lint/no-import-circle.js';
import { noPathOfAnotherApp } from './tools/lint/no-path-of-another-app.js';

/** Imports go one way: app -> sweep -> analysis -> upper -> middle -> ground -> base; two libs of one layer do not know each other. */
const names = ['base', 'ground', 'middle', 'upper', 'analysis', 'sweep', 'app'].map(
  (name) => `layer:${name}`,
);
const layers = names.map((sourceTag, i) => ({ sourceTag, onlyDependOnLibsWithTags: names.slice(0, i) }));

/** Where tensors live: the libs that may import ONNX Runtime or TensorFlow.js. */
const tensorLibraries = ['onnxruntime-*', '@tensorflow/*'];

/** Flags of Node, npm, pip and git, which libs start; flags of our own commands are for apps to name. */
const flagsOfOthers = [
  ...['import', 'inspect', 'version'],
  ...['build-from-source', 'ignore-scripts', 'no-audit', 'no-fund', 'no-save', 'prefix'],
  ...['dest', 'no-deps', 'only-binary', 'quiet'],
  ...['no-optional-locks', 'no-pager', 'porcelain', 'untracked-files', 'verify'],
  ...['no-color', 'no-ext-diff', 'no-renames', 'no-textconv', 'numstat', 'patch'],
];
const ownFlag = `/(^|[^-\\w])--(?!(${flagsOfOthers.join('|')})\\b)[a-z]|npx nx/`;
const noFlags =
  'No lib knows a flag or a command: give the UserError a remedy, which each app says in its own words.';
const noTerminal = 'No lib knows a terminal: tell a listener.';

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '**/.next', 'runs', '.nx'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    plugins: {
      '@nx': nx,
      house: { rules: { 'no-import-circle': noImportCircle, 'no-path-of-another-app': noPathOfAnotherApp } },
    },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: layers }],
      'house/no-import-circle': 'error',
      'house/no-path-of-another-app': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': ['error', { patterns: tensorLibraries }],
    },
  },
  {
    files: ['libs/{compute,model,training}/**', 'test/**', 'bench/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    // Their custom properties begin as flags do.
    ignores: ['libs/analysis/src/gap/page/style.ts', 'libs/analysis/src/gap/figures/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: `Literal[value=${ownFlag}]`, message: noFlags },
        { selector: `TemplateElement[value.raw=${ownFlag}]`, message: noFlags },
        {
          selector: "MemberExpression[object.name='process'][property.name=/^(std(in|out|err)|exitCode)$/]",
          message: noTerminal,
        },
      ],
    },
  },
  {
    // What is made of the apps together knows them all.
    files: ['tools/pack/**'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
  {
    // Nx loads these with require.
    files: ['tools/**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
