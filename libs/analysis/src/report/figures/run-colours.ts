/** Of runs beside each other: Okabe and Ito's, as far as they are read on light and on dark pages; again from the first after the last. */
const palette = ['#3b8fc4', '#d97b2b', '#1a9e77', '#b877a0', '#8a8d1d', '#7f7f7f'];

/** So many colours. */
export function runColours(count: number): string[] {
  return Array.from({ length: count }, (_, i) => palette[i % palette.length]!);
}
