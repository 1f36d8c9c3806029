import { join } from 'node:path';
import { commandsReference } from './commands-page.ts';
import { withinMarks } from './markdown.ts';
import { settingsPage } from './settings-page.ts';

const folder = join(import.meta.dirname, '../../docs/reference');

/** A page of which parts are generated, and what it is with these made anew. */
export interface ReferencePage {
  readonly name: string;
  readonly path: string;
  readonly make: (page: string) => string | Promise<string>;
}

export const referencePages: readonly ReferencePage[] = [
  { name: 'settings.md', path: join(folder, 'settings.md'), make: settingsPage },
  {
    name: 'commands.md',
    path: join(folder, 'commands.md'),
    make: async (page) => withinMarks(page, 'commands', await commandsReference()),
  },
];
