import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Projects in their order. While the pages are built, nobody waits for them; the processes that run many files are not given up
 * in between; and short files come at the end, where a long one would go on alone.
 */
const projects = ['apart', 'in browser', 'together'];

/** The files that take ten seconds or more, the longest first. */
const longest = [
  ...['resume-trial', 'promoted-model', 'training-steps', 'tensorflow-wasm', 'trial', 'frozen-rows'],
  ...['onnx-engine', 'tensorflow-sweep', 'tensorflow-native', 'one-answer'],
  ...[
    'pages',
    'models',
    'tasks',
    'damaged',
    'runs-table',
    'measure-gap',
    'security',
    'firefox',
    'results',
    'keyboard',
    'live',
    'steer',
  ],
  ...['package'],
  ...[
    'distributed',
    'sweep',
    'readme-commands',
    'promote',
    'gap-causes',
    'duplicates',
    'as-typed',
    'backbones',
  ],
  ...['gap-erased-copies', 'program-sweep', 'gap-killed', 'planted-copies', 'card-code', 'sealed-test-set'],
  ...[
    'killed',
    'promote-folds',
    'model-handlers',
    'steer-sweeps',
    'sweep-job',
    'advise',
    'gap-made-sets',
    'leakage',
    'chaos',
  ],
  ...['command-line', 'process-pool', 'load-dataset'],
].map((name) => `/${name}.test.ts`);

/** By project, the longest first. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      const long = longest.findIndex((name) => moduleId.endsWith(name));
      return projects.indexOf(project.name) * longest.length + (long < 0 ? longest.length - 1 : long);
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
