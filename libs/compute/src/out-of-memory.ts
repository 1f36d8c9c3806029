/** An engine found no memory for a step or a prediction; a smaller batch, image or network may fit. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}
