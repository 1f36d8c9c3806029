/** A marker segment of a JPEG file (ITU T.81, B.1.1.4): its marker's second byte, and where it begins and ends. */
interface Segment {
  readonly marker: number;
  readonly start: number;
  readonly end: number;
}

const startOfScan = 0xda;
const huffmanTables = 0xc4;
const reserved = 0xc8;
const arithmeticTables = 0xcc;
const firstApplication = 0xe0;
const lastApplication = 0xef;
/** JFIF's, which says nothing of colours that matters here, and Adobe's, which says how colours are coded. */
const keptApplications = [0xe0, 0xee];

/** How many components the pixels of a JPEG have by its first frame header (B.2.2): 4 are inks. Null for what is no such file. */
export function jpegComponents(bytes: Uint8Array): number | null {
  for (const { marker, start } of segments(bytes)) {
    const isFrame =
      marker >= 0xc0 && marker <= 0xcf && ![huffmanTables, reserved, arithmeticTables].includes(marker);
    if (isFrame) return bytes[start + 9] ?? null;
  }
  return null;
}

/** A JPEG without its metadata, such as orientation and colour profile: its pixels alone. What is no JPEG stays as it is. */
export function withoutJpegMetadata(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const dropped = segments(bytes).filter(
    ({ marker }) =>
      marker >= firstApplication && marker <= lastApplication && !keptApplications.includes(marker),
  );
  const starts = [0, ...dropped.map(({ end }) => end)];
  const ends = [...dropped.map(({ start }) => start), bytes.length];
  return starts.map((start, i) => bytes.subarray(start, ends[i]));
}

/** The segments before the first scan. */
function segments(bytes: Uint8Array): Segment[] {
  const found: Segment[] = [];
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return found;
  let start = 2;
  while (start + 10 <= bytes.length && bytes[start] === 0xff) {
    const marker = bytes[start + 1]!;
    const end = start + 2 + (bytes[start + 2]! << 8) + bytes[start + 3]!;
    found.push({ marker, start, end });
    if (marker === startOfScan) break;
    start = end;
  }
  return found;
}
