/** A figure, null where a run does not have it (a program reports what it likes); tables show that as `-`. */
export function known(value: number | null | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
