/** A field of a protobuf message as it stands in the bytes. */
export interface WireField {
  readonly field: number;
  /** Of a varint, as a signed integer; 0 for other kinds. */
  readonly value: number;
  /** What a length-delimited field holds; the bytes of a fixed one; empty for a varint. */
  readonly bytes: Uint8Array;
  /** The field with its tag, to be copied as it is. */
  readonly raw: Uint8Array;
}

/**
 * The fields of a protobuf message, one level of it, without copying. Source: protobuf.dev/programming-guides/encoding. Throws
 * RangeError, which says at which byte of the message, for bytes that are none: a length beyond the end, a group, field 0.
 */
export function* wireFields(message: Uint8Array): Generator<WireField> {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= message.length) throw new RangeError(`it ends within a number at byte ${at}`);
      const byte = view.getUint8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError(`there is no number at byte ${at}`);
  };
  while (at < message.length) {
    const start = at;
    const tag = Number(varint());
    const [field, kind] = [Math.floor(tag / 8), tag % 8];
    if (field === 0) throw new RangeError(`there is no field at byte ${start}`);
    if (kind === 0) {
      const value = Number(BigInt.asIntN(64, varint()));
      yield { field, value, bytes: empty, raw: message.subarray(start, at) };
      continue;
    }
    const length = kind === 2 ? Number(varint()) : fixedLengths[kind];
    if (length === undefined) throw new RangeError(`there is no field at byte ${start}`);
    if (length > message.length - at) throw new RangeError(`it ends within a field at byte ${start}`);
    at += length;
    yield { field, value: 0, bytes: message.subarray(at - length, at), raw: message.subarray(start, at) };
  }
}

/** The numbers of a repeated integer field, which may stand one by one or packed. */
export function wireIntegers({ value, bytes, raw }: WireField): number[] {
  const isPacked = (raw[0]! & 7) === 2;
  if (!isPacked) return [value];
  const numbers: number[] = [];
  let current = 0n;
  let shift = 0n;
  for (const byte of bytes) {
    current |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    numbers.push(Number(BigInt.asIntN(64, current)));
    [current, shift] = [0n, 0n];
  }
  return numbers;
}

const empty = new Uint8Array();
const fixedLengths: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
