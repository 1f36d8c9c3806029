import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

/** The files that each file imports by relative paths, for its types alone included. */
const imports = new Map();

function importsIn(text, file) {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(file), fileName));
}

/** Those of a file on disk; none of one that is not there, which the compiler reports, or no source. */
function importsOf(file) {
  return /\.[cm]?[jt]sx?$/.test(file) && existsSync(file) ? importsIn(readFileSync(file, 'utf8'), file) : [];
}

/** The files from one to another along imports, both included; null where none lead there. */
function wayFrom(file, target) {
  const before = new Map([[file, null]]);
  for (const each of before.keys()) {
    if (each === target) {
      const way = [];
      for (let at = each; at !== null; at = before.get(at)) way.unshift(at);
      return way;
    }
    if (!imports.has(each)) imports.set(each, importsOf(each));
    for (const next of imports.get(each)) if (!before.has(next)) before.set(next, each);
  }
  return null;
}

/** No file imports itself by way of others, not even for types: such files can only be understood, tested and moved together. */
export const noImportCircle = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { circle: 'these files import one another: {{ way }}' },
  },
  create({ filename, cwd, sourceCode, report }) {
    const check = ({ source }) => {
      if (!source?.value?.startsWith?.('.')) return;
      const way = wayFrom(resolve(dirname(filename), source.value), filename);
      if (way === null) return;
      const names = [filename, ...way].map((each) => relative(cwd, each));
      report({ node: source, messageId: 'circle', data: { way: names.join(' -> ') } });
    };
    return {
      Program: () => imports.set(filename, importsIn(sourceCode.text, filename)),
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
