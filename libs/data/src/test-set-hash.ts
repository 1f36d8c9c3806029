import { sha256 } from '@thaw/base';
import type { Dataset } from './dataset.ts';

/** The sha256 (hex) of the contents of a data set's test images: equal where these are the same, whatever they are called. Null without any. */
export function testSetHash({ test }: Pick<Dataset, 'test'>): string | null {
  return test.length === 0 ? null : sha256(JSON.stringify(test.map((image) => image.sha256).sort()));
}
