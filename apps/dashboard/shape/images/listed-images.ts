/** The images that a filter keeps and that are selected, if any are; by number, and for each image 1 or 0. */
export function listedImages(
  shown: Uint8Array,
  selected: readonly number[] | null,
): { readonly images: readonly number[]; readonly listed: Uint8Array } {
  const candidates = selected ?? Array.from(shown.keys());
  const images = candidates.filter((i) => shown[i] === 1);
  const listed = new Uint8Array(shown.length);
  for (const i of images) listed[i] = 1;
  return { images, listed };
}
