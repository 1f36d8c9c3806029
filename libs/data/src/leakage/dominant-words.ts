import { printedName, shareOf } from '@thaw/base';
import type { DominantGroup } from './dominant-groups.ts';

const filesNamed = 5;

/** Which group holds how many images of which class, and the first of them, as a clause. */
export function dominantWords({
  label,
  group,
  images,
  of,
}: DominantGroup<{ readonly name: string }>): string {
  const names = images.slice(0, filesNamed).map(({ name }) => printedName(name));
  const more = images.length > filesNamed ? ` and ${images.length - filesNamed} more` : '';
  return `group ${group} holds ${shareOf(images.length, of)} images of ${printedName(label)}: ${names.join(', ')}${more}`;
}

const named = 'split.groups={csv: FILE, column: NAME} or {pattern: REGEX}';
const others = 'split.strategy=keras or random divides them, and validation accuracy then flatters';

/** What to do about a group that cannot be divided, in sentences; by what groups are. */
export function dominantAdvice(unit: 'group' | 'photograph' | 'scene'): string {
  switch (unit) {
    case 'photograph':
      return `Look at them: if they are not copies of one photograph, name the groups (${named}); if they are, give more photographs of the class, or leave it out; ${others}.`;
    case 'scene':
      return `Photographs of one scene need not stay together: split.groups=detect keeps copies of a photograph together alone. Or name the groups (${named}).`;
    case 'group':
      return `Give images of other groups (patients, slides), or leave the class out; ${others}.`;
  }
}
