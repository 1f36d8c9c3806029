import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';

/** Imports go one way: app -> sweep -> analysis -> upper -> middle -> ground -> base; two libs of one layer do not know each other. */
const names = ['base', 'ground', 'middle', 'upper', 'analysis', 'sweep', 'app'].map(
  (name) => `layer:${name}`,
);
const layers = names.map((sourceTag, i) => ({ sourceTag, onlyDependOnLibsWithTags: names.slice(0, i) }));

/** Where tensors live: the libs that may import ONNX Runtime or TensorFlow.js. */
const tensorLibraries = ['onnxruntime-*', '@tensorflow/*'];

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '**/.next', 'runs', '.nx'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    files: ['**/*.{ts,tsx,js,mjs}'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: layers }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-imports': ['error', { patterns: tensorLibraries }],
    },
  },
  {
    files: ['libs/{compute,model,training}/**', 'test/**', 'bench/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
  prettier,
);
