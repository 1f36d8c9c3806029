/** The images that show a scene with others, each in the group that the scene is; the others are left out. */
export function byScene<T extends { readonly scene: string | null }>(
  images: readonly T[],
): (T & { readonly group: string })[] {
  return images.flatMap((image) => (image.scene === null ? [] : [{ ...image, group: image.scene }]));
}
