import type { Document } from 'yaml';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { Mistake } from '../messages/mistake.ts';
import type { Origin, Tree } from './tree.ts';
import { linesOf, YamlLimit, YamlTreeBuilder } from './yaml-tree.ts';

/** A tree, or null when the text is not YAML; and the mistakes found on the way. */
export interface YamlReading {
  tree: Tree | null;
  mistakes: Mistake[];
}

/** Reads the text of a YAML file: one document, YAML 1.2, anchors, aliases and merge keys allowed, tags of one's own not. */
export function readYaml(text: string, file: string): YamlReading {
  const lines = new LineCounter();
  return read(text, linesOf(file, lines), lines);
}

/** Reads a value given elsewhere, such as on the command line; everything in it stands at `origin`. */
export function readYamlValue(text: string, origin: Origin): YamlReading {
  return read(text, () => origin, new LineCounter());
}

function read(text: string, originAt: (offset: number) => Origin, lineCounter: LineCounter): YamlReading {
  // The tree builder finds keys that stand twice: it can name the key and both places, where the parser's check names neither.
  const options = { lineCounter, merge: true, prettyErrors: false, uniqueKeys: false };
  const documents = [...parseAllDocuments(text, options)] as Document.Parsed[];
  const [document, second] = documents;
  const start = originAt(document?.contents?.range?.[0] ?? 0);
  if (document === undefined) return { tree: { kind: 'scalar', value: null, origin: start }, mistakes: [] };
  if (second !== undefined) {
    const origin = originAt(second.contents?.range?.[0] ?? second.range[0]);
    return fatal(origin, `found ${String(documents.length)} documents (separated by ---); allowed: one`);
  }
  const slips = [...document.errors, ...document.warnings];
  const exhausted = slips.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted)
    return fatal(originAt(exhausted.pos[0]), 'found values nested too deeply; allowed: 32 levels');
  if (slips.length > 0) {
    const tabs = slips.filter(({ code }) => code === 'TAB_AS_INDENT');
    // What the parser says after a tab that stands for spaces follows from the tab.
    const mistakes = (tabs.length > 0 ? tabs : slips).map(({ code, message, pos }) => ({
      origin: originAt(pos[0]),
      path: [],
      message: explain(code, message),
    }));
    return { tree: null, mistakes: onePerLine(mistakes) };
  }
  const builder = new YamlTreeBuilder(document, originAt);
  try {
    const tree = builder.build(document.contents, [], start);
    return { tree: builder.lacksValues ? null : tree, mistakes: builder.mistakes };
  } catch (error) {
    if (error instanceof YamlLimit) return { tree: null, mistakes: builder.mistakes };
    throw error;
  }
}

function explain(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'found a tab as indentation; allowed: spaces';
  if (code === 'TAG_RESOLVE_FAILED') {
    return `found the tag ${message.replace(/^.*: /, '')}; allowed: plain values without tags`;
  }
  return `found text that is not YAML (${message}); allowed: YAML 1.2`;
}

/** One slip often upsets the parser several times on its line. */
function onePerLine(mistakes: Mistake[]): Mistake[] {
  return mistakes.filter(
    ({ origin }, index) => mistakes.findIndex((other) => other.origin.where === origin.where) === index,
  );
}

function fatal(origin: Origin, message: string): YamlReading {
  return { tree: null, mistakes: [{ origin, path: [], message }] };
}
