/** Rows of pixels, `width * height * 3` bytes of RGB. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
