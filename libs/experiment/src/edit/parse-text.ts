import { parseDocument, type Document } from 'yaml';

/** A text as YAML that can be changed; null where it is not YAML. */
export function parseText(text: string): Document.Parsed | null {
  const document = parseDocument(text, { merge: true, prettyErrors: false });
  return document.errors.length > 0 ? null : document;
}

/** What a document says; undefined where aliases of aliases would come to too much. */
export function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}
