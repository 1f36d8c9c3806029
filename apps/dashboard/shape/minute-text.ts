/** A time as `2026-11-29 13:17`, in UTC as in ids. */
export function minuteText(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
