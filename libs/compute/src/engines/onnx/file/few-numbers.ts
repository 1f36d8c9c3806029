import { wireIntegers, type WireField } from './wire-fields.ts';

/** Numbers of a shape, of scales or of the ends of a range; longer tensors are data. */
const few = 16;

interface Kind {
  /** Bytes of a number. */
  readonly length: number;
  /** The field of a tensor that lists numbers of this kind, where `raw_data` does not hold them. */
  readonly field: number;
  read(view: DataView, at: number): number;
}

/** Integers are varints in their field, and floats are as in `raw_data`. By ONNX's number of the element type. */
const kinds: Readonly<Record<number, Kind & { readonly isFloat: boolean }>> = {
  1: { length: 4, field: 4, isFloat: true, read: (view, at) => view.getFloat32(at, true) },
  5: { length: 2, field: 5, isFloat: false, read: (view, at) => view.getInt16(at, true) },
  6: { length: 4, field: 5, isFloat: false, read: (view, at) => view.getInt32(at, true) },
  7: { length: 8, field: 7, isFloat: false, read: (view, at) => Number(view.getBigInt64(at, true)) },
  11: { length: 8, field: 10, isFloat: true, read: (view, at) => view.getFloat64(at, true) },
};

/** The numbers that a tensor's own message holds, given by its fields, where they are few. */
export function fewNumbers(
  fields: ReadonlyMap<number, readonly WireField[]>,
  elementType: number,
): number[] | null {
  const kind = kinds[elementType];
  if (!kind) return null;
  const raw = fields.get(9)?.at(-1);
  const listed = fields.get(kind.field) ?? [];
  if (raw) return numbersOf([raw], kind);
  if (kind.isFloat) return numbersOf(listed, kind);
  return bytesOf(listed) > few * 10 || listed.length > few ? null : listed.flatMap(wireIntegers);
}

/** The numbers of an attribute of floats or of integers, one or several of them. */
export function attributeNumbers(fields: ReadonlyMap<number, readonly WireField[]>): number[] {
  const [float, integer, floats, integers] = [2, 3, 7, 8].map((field) => fields.get(field) ?? []);
  const whole = [...integer!, ...integers!];
  if (whole.length > 0) return whole.flatMap(wireIntegers);
  return numbersOf([...float!, ...floats!], kinds[1]!) ?? [];
}

function numbersOf(listed: readonly WireField[], { length, read }: Kind): number[] | null {
  const total = bytesOf(listed);
  if (total > few * length || total % length !== 0) return null;
  const bytes = Buffer.concat(listed.map((each) => each.bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, total);
  return Array.from({ length: total / length }, (_, i) => read(view, i * length));
}

function bytesOf(listed: readonly WireField[]): number {
  return listed.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
