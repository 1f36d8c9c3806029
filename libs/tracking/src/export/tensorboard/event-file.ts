import { crc32c } from './crc32c.ts';
import { message, type Field } from './message.ts';

interface Event {
  readonly tag: string;
  readonly step: number;
  /** Seconds since 1970. */
  readonly wallTime: number;
}

/** One scalar of TensorBoard. */
export interface ScalarEvent extends Event {
  readonly value: number;
}

/** What one of TensorBoard's plugins shows: a tensor, and what the plugin is told of it. */
export interface PluginEvent extends Event {
  readonly plugin: string;
  /** The plugin's own message. */
  readonly content: Uint8Array;
  /** Shown beside it, in Markdown. */
  readonly description?: string;
  readonly tensor:
    | { readonly shape: readonly number[]; readonly floats: readonly number[] }
    | { readonly shape: readonly number[]; readonly strings: readonly (string | Uint8Array)[] };
}

/** The bytes of a TensorBoard event file: a record that names the version, and one for each event, in the order given. */
export function eventFile(events: readonly (ScalarEvent | PluginEvent)[], wallTime: number): Uint8Array {
  const version = message([
    [1, 'double', wallTime],
    [3, 'text', 'brain.Event:2'],
  ]);
  return Buffer.concat([record(version), ...events.map((event) => record(message(fieldsOf(event))))]);
}

/** Field numbers of TensorFlow's event.proto and summary.proto. */
function fieldsOf(event: ScalarEvent | PluginEvent): Field[] {
  const { tag, step, wallTime } = event;
  const value: Field[] = 'value' in event ? [[2, 'float', event.value]] : pluginFields(event);
  const summary: Field = [5, 'message', [[1, 'message', [[1, 'text', tag], ...value]]]];
  return [[1, 'double', wallTime], [2, 'int', step], summary];
}

function pluginFields({ plugin, content, description, tensor }: PluginEvent): Field[] {
  const pluginData: Field[] = [
    [1, 'text', plugin],
    [2, 'bytes', content],
  ];
  return [
    [8, 'message', tensorFields(tensor)],
    [
      9,
      'message',
      [[1, 'message', pluginData], ...(description === undefined ? [] : [[3, 'text', description] as const])],
    ],
  ];
}

/** Of tensor.proto; types 1 and 7 are float and string. */
function tensorFields(tensor: PluginEvent['tensor']): Field[] {
  const dimensions = tensor.shape.map((size): Field => [2, 'message', [[1, 'int', size]]]);
  const type: Field = [1, 'int', 'floats' in tensor ? 1 : 7];
  const shape: Field = [2, 'message', dimensions];
  if ('floats' in tensor) {
    const bytes = new Uint8Array(Float32Array.from(tensor.floats).buffer);
    return [type, shape, [4, 'bytes', bytes]];
  }
  const strings = tensor.strings.map((value): Field =>
    typeof value === 'string' ? [8, 'text', value] : [8, 'bytes', value],
  );
  return [type, shape, ...strings];
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
