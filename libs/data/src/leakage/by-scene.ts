/** The images that show a scene with others, each in the group that the scene is; the others are left out. `photograph` is their own group. */
export function byScene<T extends { readonly group: string; readonly scene: string | null }>(
  images: readonly T[],
): (T & { readonly photograph: string })[] {
  return images.flatMap((image) =>
    image.scene === null ? [] : [{ ...image, group: image.scene, photograph: image.group }],
  );
}
