import type { Readable } from 'node:stream';

/**
 * A stream of Node's as responses take them; who stops reading it closes the file behind it. Not `Readable.toWeb`, which throws where
 * nobody catches it when a stream that is cancelled has more to say (Node 20).
 */
export function webStream(stream: Readable): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = stream.iterator() as AsyncIterator<Uint8Array<ArrayBuffer>>;
  // Told by the next chunk.
  stream.on('error', () => undefined);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      stream.destroy();
    },
  });
}
