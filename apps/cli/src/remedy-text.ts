import { shellWord, type Choice, type Input, type Notice, type Remedy } from '@thaw/base';

/** How the inputs that messages begin with are given here. */
const flags: Record<Input, string> = { experiment: '--config', queue: '--queue', set: '--set' };

/** What follows a message where something can be chosen otherwise. */
const choices: Record<Choice, string> = {
  'address of the tracker': '; choose others with --tracker-host and --tracker-port',
  'format of results': ' (--help shows it)',
  'layout of images': ' (--layout reads it otherwise)',
  'mirror of data': ', or here: npx nx run fetch data --mirror URL',
  'mirror of weights': ', or here: npx nx run fetch weights --mirror URL',
  python: ' (--python names another)',
  'runs folder': '; choose a folder with --runs-dir',
  'target of data': ' --target names another.',
};

type Words = { [Do in Remedy['do']]: (message: string, remedy: Extract<Remedy, { do: Do }>) => string };

const words: Words = {
  'allow folder': (message) => message,
  'allow programs': (message) => message,
  'begin anew': (message) => `${message} (--data-changed new-sweep).`,
  change: (message, { input }) => message.replaceAll(new RegExp(`^${input}\\b`, 'gm'), flags[input]),
  choose: (message, { what }) => message + choices[what],
  'build TensorFlow': (message) =>
    `${message}\n"npx nx run tensorflow" builds one for this machine against a current TensorFlow (280 MB to download, 1.1 GB on disk; with --gpu some GB); --engine onnx does without.`,
  'give up result': (message) => `${message}; press Ctrl-C again to give it up`,
  'look for copies': (message, { folder }) =>
    `${message} Pictures of the groups: npx nx run leakage --data ${shellWord(folder)}`,
  'open test set': (message, { sweep }) =>
    `${message}. To open it for the trial that its sweep has chosen: npx nx run sweep --open-test ${sweep}`,
  'promote a run': (message) => `${message}; \`promote\` makes one`,
  'say where images are': (message) =>
    `${message}\nIf the same images lie elsewhere now: --set dataset.path=DIR`,
  'show run': (message, { run }) => `${message} Its gap per class: npx nx run runs show ${run}`,
  'start workers': (message, { queue }) =>
    `${message} On other machines: npx nx run worker --queue ${shellWord(queue)}`,
};

/** A message in the words of the command line: with the flags and commands that do what would mend it. */
export function inWords({ message, remedy }: Notice): string {
  return remedy ? words[remedy.do](message, remedy as never) : message;
}

/** Words for the command line that change settings, path=value each. */
export function setWords(settings: readonly string[]): string {
  return settings.map((setting) => `--set ${shellWord(setting)}`).join(' ');
}
