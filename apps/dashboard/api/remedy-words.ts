import type { Notice, Remedy } from '@thaw/base';
import { shellWord } from '@thaw/base/browser';

/** What is said after a message here; nothing where no page and no option of the dashboard does it. */
function words(remedy: Remedy): string {
  switch (remedy.do) {
    case 'allow folder':
      return '; the dashboard reads further folders where it is started with --data DIR';
    case 'allow programs':
      return '; the dashboard starts programs where it is started with --allow-programs';
    case 'promote a run':
      return '; the page of a run or a sweep promotes it';
    case 'show run':
      return ' The page of the run shows its gap per class.';
    case 'choose':
      return remedy.what === 'runs folder' ? '; choose a folder with --runs-dir' : '';
    case 'build TensorFlow':
      return '\nOn the command line, npx nx run tensorflow builds one for this machine.';
    case 'look for copies':
      return ` On the command line, npx nx run leakage --data ${shellWord(remedy.folder)} shows the groups.`;
    case 'open test set':
      return `. On the command line, npx nx run sweep --open-test ${remedy.sweep} opens it for the trial that its sweep has chosen.`;
    case 'begin anew':
    case 'say where images are':
    case 'change':
    case 'give up result':
    case 'start workers':
      return '';
  }
}

/** A message in the dashboard's words: with what would mend it. */
export function inWords({ message, remedy }: Notice): string {
  return remedy ? message + words(remedy) : message;
}
