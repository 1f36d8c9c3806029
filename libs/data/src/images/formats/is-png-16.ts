/** Whether a PNG holds 16 bits a value. */
export function isPng16(bytes: Uint8Array): boolean {
  return bytes[24] === 16;
}
