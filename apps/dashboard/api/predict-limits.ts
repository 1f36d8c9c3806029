/** What one request for a prediction may bring. */
export const limits = {
  /** The whole body; an image as JSON numbers takes about 2 MB. */
  body: 20_000_000,
  /** An encoded image. */
  image: { bytes: 10_000_000, pixels: 50_000_000 },
  images: 32,
} as const;

/** Of one address. */
export const rate = { perSecond: 200, burst: 400 };

/** Requests that wait or are being computed; more are told to come again. */
export const mostAtOnce = 128;
