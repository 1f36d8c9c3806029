import { basename } from 'node:path';

/** The part that results of one part alone are of: validation where the file's name says so, else test. */
export function partOfFile(file: string): 'validation' | 'test' {
  return /(^|[^a-z])val(id|idation)?([^a-z]|$)/i.test(basename(file)) ? 'validation' : 'test';
}
