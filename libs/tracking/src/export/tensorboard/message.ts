import protobuf from 'protobufjs';

/** A field of a protobuf message: its number, and its value in the form that its type has on the wire. */
export type Field =
  | readonly [number: number, type: 'double', value: number]
  | readonly [number: number, type: 'float', value: number]
  | readonly [number: number, type: 'int', value: number]
  | readonly [number: number, type: 'text', value: string]
  | readonly [number: number, type: 'bytes', value: Uint8Array]
  | readonly [number: number, type: 'message', value: readonly Field[]];

/** The bytes of a protobuf message of the fields given, in their order. TensorBoard's own definitions would take 30 files. */
export function message(fields: readonly Field[]): Uint8Array {
  const writer = new protobuf.Writer();
  write(writer, fields);
  return writer.finish();
}

const wireTypes = { double: 1, float: 5, int: 0, text: 2, bytes: 2, message: 2 } as const;

function write(writer: protobuf.Writer, fields: readonly Field[]): void {
  for (const [number, type, value] of fields) {
    writer.uint32((number << 3) | wireTypes[type]);
    if (type === 'double') writer.double(value);
    else if (type === 'float') writer.float(value);
    else if (type === 'int') writer.int64(value);
    else if (type === 'text') writer.string(value);
    else if (type === 'bytes') writer.bytes(value);
    else {
      writer.fork();
      write(writer, value);
      writer.ldelim();
    }
  }
}
