/**
 * Adds one number to all of an image in place and cuts off at the image's own least and largest value, as Keras's
 * `apply_channel_shift` does.
 */
export function shiftChannels(pixels: Float32Array, intensity: number): void {
  let [least, largest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of pixels) {
    if (value < least) least = value;
    if (value > largest) largest = value;
  }
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.min(Math.max(pixels[i]! + intensity, least), largest);
  }
}
