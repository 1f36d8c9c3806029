import type { CommandModule } from 'yargs';
import { idPositional, runsDirOption } from '../options.ts';

interface NoteArguments {
  run: string;
  text: string[];
  'runs-dir': string;
  append: boolean;
}

export const noteCommand: CommandModule<object, NoteArguments> = {
  command: 'note <run> [text..]',
  describe: 'Write a note on a run, or show the note it has',
  builder: (yargs) =>
    yargs
      .positional('run', idPositional)
      .positional('text', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'The new note, in place of the old; "" removes it; without a text the note is shown',
      })
      .option('append', {
        type: 'boolean',
        default: false,
        describe: 'Add a line to the note instead of replacing it',
      })
      .option('runs-dir', runsDirOption)
      .example('npx nx run runs note latest "stain B, new camera"', 'notes it')
      .example('npx nx run runs note latest', 'shows the note'),
  handler: async ({ 'runs-dir': runsDir, run, text, append }) => {
    const { noteRun } = await import('../../runs/note-run.ts');
    await noteRun({ runsDir, run, text: text.length === 0 ? null : text.join(' '), append });
  },
};
