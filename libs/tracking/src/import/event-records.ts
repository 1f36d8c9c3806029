import protobuf from 'protobufjs';
import { UserError } from '@thaw/base';
import { crc32c } from '../export/tensorboard/crc32c.ts';
import type { ScalarEvent } from '../export/tensorboard/event-file.ts';

/**
 * The scalars of a TensorBoard event file: those of TensorFlow 1 and PyTorch as simple values, those of TensorFlow 2 as tensors. A last
 * record that breaks off is left out, as TensorBoard does while a file is being written; a damaged one before is a UserError with its place.
 */
export function readEventFile(bytes: Buffer, file: string): ScalarEvent[] {
  const events: ScalarEvent[] = [];
  for (let at = 0; at + 12 <= bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(at));
    const bad = (what: string) =>
      new UserError(`${file}, byte ${at}: found ${what}; allowed: records of TensorBoard's events`, {
        kind: 'damaged',
      });
    if (bytes.readUInt32LE(at + 8) !== masked(bytes.subarray(at, at + 8)))
      throw bad('a length whose checksum does not fit');
    const end = at + 12 + length;
    if (end + 4 > bytes.length) break;
    const data = bytes.subarray(at + 12, end);
    if (bytes.readUInt32LE(end) !== masked(data)) throw bad('a record whose checksum does not fit');
    try {
      events.push(...readEvent(data));
    } catch {
      throw bad('a record that is no event');
    }
    at = end + 4;
  }
  return events;
}

function masked(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** Event: 1 wall time, 2 step, 5 summary with 1 values. */
function readEvent(data: Uint8Array): ScalarEvent[] {
  let [wallTime, step] = [0, 0];
  const values: { tag: string; value: number | null }[] = [];
  fields(new protobuf.Reader(data), {
    1: (reader) => (wallTime = reader.double()),
    2: (reader) => (step = Number(reader.int64())),
    5: (reader) => fields(inner(reader), { 1: (each) => values.push(readValue(inner(each))) }),
  });
  return values.flatMap(({ tag, value }) => (value === null ? [] : [{ tag, value, step, wallTime }]));
}

/** Value: 1 tag, 2 simple value, 8 tensor. */
function readValue(reader: protobuf.Reader): { tag: string; value: number | null } {
  let tag = '';
  let value: number | null = null;
  fields(reader, {
    1: (each) => (tag = each.string()),
    2: (each) => (value = each.float()),
    8: (each) => (value = readScalarTensor(inner(each))),
  });
  return { tag, value };
}

const [floatType, doubleType] = [1, 2];

/** Tensor: 1 type, 2 shape with 2 dimensions, 4 content, 5 floats, 6 doubles. Null for one that is no single float or double. */
function readScalarTensor(reader: protobuf.Reader): number | null {
  let [type, dimensions] = [0, 0];
  let content: Uint8Array = new Uint8Array();
  let value: number | null = null;
  const first = (each: protobuf.Reader, packed: boolean, read: (from: protobuf.Reader) => number) => {
    value ??= read(packed ? inner(each) : each);
  };
  fields(reader, {
    1: (each) => (type = each.int32()),
    2: (each) =>
      fields(inner(each), {
        2: (shape) => {
          dimensions++;
          shape.skipType(2);
        },
      }),
    4: (each) => (content = each.bytes()),
    5: (each, wire) => first(each, wire === 2, (from) => from.float()),
    6: (each, wire) => first(each, wire === 2, (from) => from.double()),
  });
  if (dimensions > 0 || (type !== floatType && type !== doubleType)) return null;
  if (content.length === 0) return value ?? 0;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  return type === floatType ? view.getFloat32(0, true) : view.getFloat64(0, true);
}

type FieldReader = (reader: protobuf.Reader, wire: number) => unknown;

function fields(reader: protobuf.Reader, known: Readonly<Record<number, FieldReader>>): void {
  while (reader.pos < reader.len) {
    const before = reader.pos;
    const key = reader.uint32();
    const read = known[key >>> 3];
    if (read) {
      // A field that leaves what it does not know has read nothing.
      const at = reader.pos;
      read(reader, key & 7);
      if (reader.pos === at && (key & 7) !== 2) throw new RangeError(`nothing read at ${before}`);
    } else reader.skipType(key & 7);
  }
}

function inner(reader: protobuf.Reader): protobuf.Reader {
  return new protobuf.Reader(reader.bytes());
}
