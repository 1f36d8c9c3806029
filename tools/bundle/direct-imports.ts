import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
}

/** What an index names: the file of each name, and its name there. */
type Index = ReadonlyMap<string, { readonly file: string; readonly name: string }>;

/**
 * The code of a file with `import { a } from '@thaw/lib'` said as imports of the files that the lib's index names. Whoever imports an
 * index reaches all that the lib is made of, and esbuild shares out code among bundles by what a file reaches, not by what it uses: a
 * program would read all of a lib at its start for one name. Imports of what is no list of names stay as they are.
 */
export function importDirectly(code: string, file: string, libs: string): string {
  return code.replace(
    /^import \{([^}]*)\} from '@thaw\/([a-z]+)(\/[a-z-]+)?';$/gm,
    (whole, names: string, lib: string, path = '') => {
      const key = `${join(libs, lib)}${path}`;
      if (!known.has(key)) known.set(key, indexOf(join(libs, lib), `.${path}`));
      const index = known.get(key)!;
      if (index === null) return whole;
      const imports = valuesIn(names).map(([name, alias]) => {
        const found = index.get(name);
        if (!found) throw new RangeError(`${file}: @thaw/${lib}${path} has no ${name}`);
        const what = found.name === alias ? alias : `${found.name} as ${alias}`;
        const from = relative(dirname(file), found.file).split(sep).join('/');
        return `import { ${what} } from './${from}';`;
      });
      // As many lines as there were, for source maps.
      return `${imports.join(' ')}${'\n'.repeat(whole.split('\n').length - 1)}`;
    },
  );
}

/** By lib and path: each index is asked for by hundreds of files. */
const known = new Map<string, Index | null>();

/** Null where the file does more than to name what other files have. */
function indexOf(lib: string, path: string): Index | null {
  const { exports } = JSON.parse(readFileSync(join(lib, 'package.json'), 'utf8')) as Manifest;
  const file = join(lib, exports[path]!);
  const line = /^export (?:type )?\{([^}]*)\} from '(\.[^']*)';$/gm;
  const code = readFileSync(file, 'utf8');
  if (
    code
      .replace(line, '')
      .replace(/^ *(\/\/.*|\/\*[^]*?\*\/)$/gm, '')
      .trim() !== ''
  )
    return null;
  return new Map(
    [...code.matchAll(line)].flatMap(([, names, from]) =>
      valuesIn(names!).map(([name, alias]) => [alias, { file: join(dirname(file), from!), name }] as const),
    ),
  );
}

/** Of `a, b as c, type D`: [a, a] and [b, c]. */
function valuesIn(names: string): (readonly [name: string, alias: string])[] {
  const all = names.split(',').map((each) => each.trim());
  const values = all.filter((each) => each !== '' && !each.startsWith('type '));
  return values.map((each) => {
    const [name, alias = name] = each.split(' as ');
    return [name!, alias!] as const;
  });
}
