import protobuf from 'protobufjs';
import { crc32c } from './crc32c.ts';

/** One scalar of TensorBoard. */
export interface ScalarEvent {
  readonly tag: string;
  readonly step: number;
  readonly value: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

/** Field numbers of TensorFlow's event.proto and summary.proto, each with its wire type. */
const double = (field: number) => (field << 3) | 1;
const varint = (field: number) => field << 3;
const bytes = (field: number) => (field << 3) | 2;
const float = (field: number) => (field << 3) | 5;

/** The bytes of a TensorBoard event file: a record that names the version, and one for each scalar, in the order given. */
export function eventFile(scalars: readonly ScalarEvent[], wallTime: number): Uint8Array {
  const version = new protobuf.Writer()
    .uint32(double(1))
    .double(wallTime)
    .uint32(bytes(3))
    .string('brain.Event:2');
  return Buffer.concat([record(version.finish()), ...scalars.map((scalar) => record(event(scalar)))]);
}

function event({ tag, step, value, wallTime }: ScalarEvent): Uint8Array {
  const writer = new protobuf.Writer();
  writer.uint32(double(1)).double(wallTime).uint32(varint(2)).int64(step);
  // Summary, and in it one value with its tag.
  writer.uint32(bytes(5)).fork().uint32(bytes(1)).fork();
  writer.uint32(bytes(1)).string(tag).uint32(float(2)).float(value);
  return writer.ldelim().ldelim().finish();
}

/** A record of TensorFlow's TFRecord format: length, its checksum, the data, theirs. */
function record(data: Uint8Array): Uint8Array {
  const result = Buffer.alloc(data.length + 16);
  result.writeBigUInt64LE(BigInt(data.length), 0);
  result.writeUInt32LE(masked(result.subarray(0, 8)), 8);
  result.set(data, 12);
  result.writeUInt32LE(masked(data), 12 + data.length);
  return result;
}

/** TFRecord stores checksums rotated and shifted, so that data that hold checksums have other ones. */
function masked(data: Uint8Array): number {
  const crc = crc32c(data);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
