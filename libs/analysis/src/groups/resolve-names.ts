import { posix } from 'node:path';
import { UserError } from '@thaw/base';
import type { FolderImages } from '@thaw/data';

type FolderImage = FolderImages['images'][number];
type Part = 'validation' | 'test';

/** In which part of a folder predicted images of a split lie, the likeliest first: Keras cuts validation images off from training. */
const likely: Readonly<Record<Part, readonly FolderImage['split'][]>> = {
  validation: ['validation', 'train'],
  test: ['test'],
};

/**
 * The images of a folder that predictions name, in the order of the names. Names are relative to the folder, or all to one
 * folder in it, as those of Keras's generators are; or they are absolute, also on another machine: what all have in common then
 * counts as far as the folder has it, too. Names without folders fit where no other image is called so. A UserError names those that
 * fit no image, or several, and two of one split that are of one image.
 */
export function resolveNames<Image extends Pick<FolderImage, 'name' | 'split'>>(
  named: Readonly<Record<Part, readonly string[]>>,
  images: readonly Image[],
  folder: string,
): Record<Part, Image[]> {
  const all = [...named.validation, ...named.test].map(plain);
  const ending = endings(images);
  const starts = partsOf(sharedFolder(all));
  const start = starts.find((from) => all.every((name) => ending.has(name.slice(from)))) ?? starts.at(-1)!;
  const resolve = (part: Part) => {
    const names = named[part].map((name) => plain(name).slice(start));
    const fitting = names.map((name) => ending.get(name) ?? []);
    const base = baseOf(names, fitting, likely[part]);
    return fitting.map((fits, i) => {
      const image = base === null ? null : fits.find(({ name }) => name === base + names[i]!);
      return image ?? (fits.length === 1 ? fits[0]! : { name: named[part][i]!, fits });
    });
  };
  const found = { validation: resolve('validation'), test: resolve('test') };
  const lost = [...found.validation, ...found.test].filter((each) => 'fits' in each);
  if (lost.length > 0) throw unresolved(lost, all.length, images, folder);
  for (const part of ['validation', 'test'] as const) checkOnce(named[part], found[part] as Image[], folder);
  return found as Record<Part, Image[]>;
}

function checkOnce(
  names: readonly string[],
  found: readonly { readonly name: string }[],
  folder: string,
): void {
  const known = new Set<string>();
  for (const [i, { name }] of found.entries()) {
    if (known.has(name))
      throw new UserError(
        `${names[i]!}: found two predictions of ${name} in ${folder}; allowed: each image once in a split`,
      );
    known.add(name);
  }
}

/** With `/` between parts, and no `.` among them. */
function plain(name: string): string {
  return posix.normalize(name.replaceAll('\\', '/'));
}

/** The folder that holds all of absolute names, with the `/` behind it; empty where a name is relative. */
function sharedFolder(names: readonly string[]): string {
  if (!names.every((name) => /^([a-z]:)?\//i.test(name))) return '';
  const [first = '', ...others] = names;
  let length = first.lastIndexOf('/') + 1;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length = first.lastIndexOf('/', length - 2) + 1;
  }
  return first.slice(0, length);
}

/** Where the folders of a path begin, the outermost first, and where it ends. */
function partsOf(folder: string): number[] {
  const slashes = [...folder.matchAll(/\//g)].map(({ index }) => index + 1);
  return slashes.length > 0 ? slashes : [0];
}

/** The images by their names, and by what is left of these without the folders in front. */
function endings<Image extends { readonly name: string }>(images: readonly Image[]): Map<string, Image[]> {
  const found = new Map<string, Image[]>();
  for (const image of images) {
    for (let at = 0; ;) {
      const ending = image.name.slice(at);
      const others = found.get(ending);
      if (others) others.push(image);
      else found.set(ending, [image]);
      const slash = image.name.indexOf('/', at);
      if (slash < 0) break;
      at = slash + 1;
    }
  }
  return found;
}

/** The folder below which all names are: the whole one, else that in the likeliest part. Null where there is none, or several. */
function baseOf<Image extends Pick<FolderImage, 'name' | 'split'>>(
  names: readonly string[],
  fitting: readonly (readonly Image[])[],
  parts: readonly FolderImage['split'][],
): string | null {
  const held = new Map<string, { count: number; rank: number }>();
  for (const [i, fits] of fitting.entries()) {
    for (const { name, split } of fits) {
      const base = name.slice(0, name.length - names[i]!.length);
      const known = held.get(base) ?? { count: 0, rank: 0 };
      const rank = parts.includes(split) ? parts.indexOf(split) : parts.length;
      held.set(base, { count: known.count + 1, rank: Math.max(known.rank, rank) });
    }
  }
  const whole = [...held].filter(([, { count }]) => count === names.length);
  if (whole.some(([base]) => base === '')) return '';
  const best = Math.min(...whole.map(([, { rank }]) => rank));
  const likeliest = whole.filter(([, { rank }]) => rank === best);
  return likeliest.length === 1 ? likeliest[0]![0] : null;
}

const shown = 3;

function unresolved(
  lost: readonly { readonly name: string; readonly fits: readonly { readonly name: string }[] }[],
  all: number,
  images: readonly { readonly name: string }[],
  folder: string,
): UserError {
  const absent = lost.filter(({ fits }) => fits.length === 0);
  if (absent.length === 0) {
    const several = lost[0]!;
    const fits = several.fits.slice(0, shown).map(({ name }) => name);
    return new UserError(
      `${several.name}: found ${fits.join(' and ')} in ${folder}; allowed: a name that is one image's alone, such as ${fits[0]}`,
    );
  }
  const names = absent.slice(0, shown).map(({ name }) => name);
  const more = absent.length > shown ? ', ...' : '';
  return new UserError(
    `${absent.length} of ${all} predicted images are not in ${folder}: ${names.join(', ')}${more}; allowed: names relative to it, such as ${images[0]!.name}`,
    { kind: 'not-found' },
  );
}
