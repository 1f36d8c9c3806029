import { openStore } from '@thaw/tracking';

export interface NoteOptions {
  readonly runsDir: string;
  /** An id, a beginning of one, or `latest`. */
  readonly run: string;
  /** The new note; null only shows the note that is there. */
  readonly text: string | null;
  /** Adds a line to the note that is there. */
  readonly append: boolean;
}

/** Writes a run's note, or shows it. What another note is replaced by is said, so that it is not lost. */
export async function noteRun({ runsDir, run: query, text, append }: NoteOptions): Promise<void> {
  const store = openStore(runsDir);
  const { id } = await store.run(query);
  const { note: before } = await store.annotations(id);
  if (text === null) {
    process.stdout.write(before === '' ? `run ${id} has no note\n` : `${before}\n`);
    return;
  }
  const note = append && before !== '' ? `${before}\n${text}` : text;
  await store.annotate(id, { note, noteWas: before });
  process.stdout.write(`${note === '' ? 'note removed' : 'noted'}: ${id}\n`);
  if (before !== '' && !append && before !== note) process.stderr.write(`The note was: ${before}\n`);
}
