/** First bytes of the formats that are read; text formats such as SVG, which may ask for other files, are none of them. */
const read = {
  JPEG: /^\xff\xd8\xff/,
  PNG: /^\x89PNG\r\n\x1a\n/,
  GIF: /^GIF8[79]a/,
  WebP: /^RIFF[^]{4}WEBP/,
  BMP: /^BM/,
  TIFF: /^(?:II[*+]\0|MM\0[*+])/,
  PPM: /^P[1-6f]\s/,
} as const satisfies Record<string, RegExp>;

/** What else files turn out to be, so that a refusal can say so. */
const other: Record<string, RegExp> = {
  AVIF: /^[^]{4}ftyp(?:avif|avis)/,
  HEIC: /^[^]{4}ftyp(?:hei[cfmsx]|hev[cmsx]|mif1|msf1)/,
  'JPEG 2000': /^(?:\0\0\0\x0cjP {2}\r\n\x87\n|\xff\x4f\xff\x51)/,
  'JPEG XL': /^(?:\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n)/,
  'JPEG XR': /^II\xbc/,
  ICO: /^\0\0\x01\0[^\0]\0/,
  CUR: /^\0\0\x02\0[^\0]\0/,
  ICNS: /^icns/,
  PSD: /^8BPS/,
  DDS: /^DDS /,
  QOI: /^qoif/,
  SGI: /^\x01\xda[\x00\x01][\x01\x02]/,
  PCX: /^\x0a[\x00-\x05][\x00\x01][\x01\x02\x04\x08]/,
  EPS: /^(?:%!PS|\xc5\xd0\xd3\xc6)/,
  PDF: /^%PDF/,
  PAM: /^P7\s/,
  'PFM in colour': /^PF\s/,
  'BMP without its file header (DIB)': /^[\x0c\x28\x34\x38\x40\x6c\x7c]\0{3}/,
  OpenEXR: /^\x76\x2f\x31\x01/,
  'Radiance HDR': /^#\?R/,
  DICOM: /^[^]{128}DICM/,
  FITS: /^SIMPLE {2}=/,
  NIfTI: /^\x5c\x01\0\0/,
  HDF5: /^\x89HDF\r\n\x1a\n/,
  NumPy: /^\x93NUMPY/,
  SVG: /^(?:\xef\xbb\xbf)?\s*<(?:[?!][^]*?<)*svg[\s>]/i,
  HTML: /^(?:\xef\xbb\xbf)?\s*<(?:[?!][^]*?<)*!?(?:doctype\s)?html[\s>]/i,
  gzip: /^\x1f\x8b/,
  zip: /^PK\x03\x04/,
  'Git LFS pointer': /^version https:\/\/git-lfs/,
};

export type ImageFormat = keyof typeof read;

/** The formats that are read, for messages. */
export const imageFormats = Object.keys(read) as ImageFormat[];

/** Bytes that decide: a DICOM file's name stands at 128, an SVG's behind its declarations. */
const decisive = 1024;

/** The format that a file's first bytes tell; null for what is not read. */
export function formatOf(bytes: Uint8Array): ImageFormat | null {
  const beginning = latin1(bytes.subarray(0, 16));
  return imageFormats.find((name) => read[name].test(beginning)) ?? null;
}

/** Why a file without a format that is read is refused: what it is instead, where its first bytes tell. */
export function refusalOf(bytes: Uint8Array): string {
  const beginning = latin1(bytes.subarray(0, decisive));
  const found = Object.keys(other).find((name) => other[name]!.test(beginning));
  const what = found === undefined ? 'not an image of a known format' : `${found} is not read`;
  return `${what}; allowed: ${imageFormats.join(', ')}`;
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
