import type { Readable } from 'node:stream';

/** Of a longer line the rest is left out, so that a program that never ends one fills no memory. */
const longest = 65_536;

/**
 * The lines of a stream, as a terminal shows them: of one that was drawn again after a carriage return (a progress bar) the last
 * form. Bytes that are no UTF-8 come as U+FFFD. The stream waits while its reader is busy. `onData` is told whenever something
 * has come, be it the middle of a line.
 */
export async function* linesOf(stream: Readable, onData?: () => void): AsyncGenerator<string> {
  let open = '';
  let cut = 0;
  const whole = () => {
    const line = shown(open) + (cut > 0 ? ` ... (${cut} more characters)` : '');
    open = '';
    cut = 0;
    return line;
  };
  const add = (text: string) => {
    const room = Math.max(0, longest - open.length);
    open += text.slice(0, room);
    cut += Math.max(0, text.length - room);
  };
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>) {
    onData?.();
    const parts = chunk.split('\n');
    for (const part of parts.slice(0, -1)) {
      add(part);
      yield whole();
    }
    add(parts.at(-1)!);
    // What a carriage return has overwritten is gone.
    if (cut === 0) open = open.slice(open.lastIndexOf('\r', open.length - 2) + 1);
  }
  if (open !== '') yield whole();
}

function shown(line: string): string {
  return line.replace(/\r$/, '').split('\r').at(-1)!;
}
