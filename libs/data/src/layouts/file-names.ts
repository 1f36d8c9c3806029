import { imageFormats } from '../images/formats/image-format.ts';

const imageExtensions = /\.(a?png|jpe?g|jpe|jfif|jif|bmp|p[bfgnp]m|tiff?|webp|gif)$/i;
/** Those of images that are not read, so that they can be told from other files. */
const otherExtensions =
  /\.(ai|arw|avif|cr2|cr3|cur|dcm|dds|dib|dng|eps|exr|fits|hdr|hei[cf]|ico|icns|j2k|jp2|jpx|jxl|jxr|nef|nii|npy|orf|pam|pcx|pdf|psd|qoi|raf|raw|rw2|sgi|svgz?|tga|xcf)$/i;
const systemFiles = new Set(['thumbs.db', 'desktop.ini', '__macosx']);

/** Whether a file's name says that it is an image that is read, by any name that its format goes by. */
export function hasImageExtension(name: string): boolean {
  return imageExtensions.test(name);
}

/** Why a file without such a name is none of a data set's images. */
export function whyNoImage(name: string): string {
  const extension = otherExtensions.exec(name)?.[1]?.toUpperCase();
  return extension === undefined
    ? 'not an image'
    : `${extension} is not read; allowed: ${imageFormats.join(', ')}`;
}

/** Files and folders that operating systems and tools leave behind: dot-files, Thumbs.db, desktop.ini, __MACOSX. */
export function isSystemFile(name: string): boolean {
  return name.startsWith('.') || systemFiles.has(name.toLowerCase());
}

/** UTF-16 units put the surrogates (code points from 0x10000) before 0xE000 to 0xFFFF; this lifts them above. */
function codePointRank(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Orders strings by code point as Python's `sorted` does; JavaScript's own order differs beyond 0xFFFF. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = codePointRank(a.charCodeAt(i)) - codePointRank(b.charCodeAt(i));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Orders relative names as Keras walks a class folder: `sorted(os.walk(...))` by folder, then by file. */
export function byWalk(a: string, b: string): number {
  const slashA = a.lastIndexOf('/');
  const slashB = b.lastIndexOf('/');
  return (
    byCodePoint(a.slice(0, Math.max(slashA, 0)), b.slice(0, Math.max(slashB, 0))) ||
    byCodePoint(a.slice(slashA + 1), b.slice(slashB + 1))
  );
}
