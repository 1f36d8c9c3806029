import { readFileSync } from 'node:fs';
import { mapConcurrently, UserError } from '@thaw/base';
import { decodePicture } from './describe/decode-picture.ts';
import { describeImage, workingSide } from './describe/describe-image.ts';
import type { ImageStore } from './image-store.ts';
import { LookalikeSearch, writeOutlines, type Lookalike } from './candidates/lookalikes.ts';
import { invert } from './verify/affinity.ts';
import type { Agreement } from './verify/agreement.ts';
import { bentAgreement } from './verify/bent-agreement.ts';
import { ownEvidence, type OwnEvidence, type Placed } from './verify/own-evidence.ts';
import type { Unsettled } from './groups/unsettled.ts';
import { comparePixels } from './verify/compare-pixels.ts';
import type { Comparison, Placement } from './verify/comparison.ts';
import { verifyPair, type Pair } from './verify/verify-pair.ts';
import { WordReader, type Vocabulary } from './candidates/visual-words.ts';
import { CandidateSearch } from './candidates/candidate-search.ts';
import type { WordIndex } from './candidates/word-index.ts';

/** Images under way at a time in a thread, so that the next is decoded while one is described. */
const underWay = 3;

/** What worker threads do with the images of a store. Each gets the store and one argument that can be posted. */
export const tasks = {
  async describe(store: ImageStore, files: readonly { image: number; path: string }[]): Promise<null> {
    await mapConcurrently(files, underWay, async ({ image, path }) => {
      // In a thread of its own a file is read in a tenth of the time that it takes by way of a promise.
      const read = async () => decodePicture(readFileSync(path), workingSide);
      const picture = await read().catch((error: unknown) => {
        throw new UserError(`${path} can no longer be read (${(error as Error).message}).`, {
          kind: 'damaged',
        });
      });
      store.set(image, describeImage(picture));
    });
    return null;
  },

  /** Fills in `words`, which all threads share. */
  readWords(
    store: ImageStore,
    { vocabulary, words, images }: { vocabulary: Vocabulary; words: Uint16Array; images: readonly number[] },
  ): null {
    const reader = new WordReader(store, vocabulary);
    for (const image of images) reader.read(image, words);
    return null;
  },

  /** Fills in `outlines`, which all threads share. */
  readOutlines(
    store: ImageStore,
    { outlines, images }: { outlines: Int32Array; images: readonly number[] },
  ): null {
    for (const image of images) writeOutlines(store, image, outlines);
    return null;
  },

  /** The images that may be copies of each, the best first. */
  findCandidates(
    store: ImageStore,
    {
      words,
      index,
      images,
      most,
    }: { words: Uint16Array; index: WordIndex; images: readonly number[]; most: number },
  ): number[][] {
    const search = new CandidateSearch(store, words, index);
    return images.map((image) => search.candidates(image, most).map(({ image }) => image));
  },

  findLookalikes(
    store: ImageStore,
    { outlines, images, most }: { outlines: Int32Array; images: readonly number[]; most: number },
  ): Lookalike[][] {
    const search = new LookalikeSearch(store, outlines);
    return images.map((image) => search.lookalikes(image, most));
  },

  verify(store: ImageStore, pairs: readonly Pair[]): (Comparison | null)[] {
    return pairs.map((pair) => verifyPair(store, pair));
  },

  compareAt(store: ImageStore, placements: readonly Placement[]): (Comparison | null)[] {
    return placements.map(({ a, b, affinity, isInverted }) =>
      comparePixels(store, a, b, affinity, isInverted),
    );
  },

  /** As `compareAt`, with the grain of near copies, too. */
  compareGrainAt(store: ImageStore, placements: readonly Placement[]): (Comparison | null)[] {
    return placements.map(({ a, b, affinity, isInverted }) =>
      comparePixels(store, a, b, affinity, isInverted, true),
    );
  },

  bend(store: ImageStore, placements: readonly Placement[]): Agreement[] {
    return placements.map((placement) => bentAgreement(store, placement));
  },

  /** How much of what one of two images shows, and its rivals do not, the other one has: of each of the two. */
  weighOwn(store: ImageStore, pairs: readonly Unsettled[]): [OwnEvidence, OwnEvidence][] {
    return pairs.map(({ comparison, rivals: [ofA, ofB] }) => {
      const evidence = (image: number, rivals: readonly Comparison[]) =>
        ownEvidence(
          store,
          image,
          placedOn(comparison, image),
          rivals.map((rival) => placedOn(rival, image)),
        );
      return [evidence(comparison.a, ofA), evidence(comparison.b, ofB)];
    });
  },
};

function placedOn({ a, b, affinity, isInverted }: Comparison, image: number): Placed {
  return image === a
    ? { other: b, affinity, isInverted }
    : { other: a, affinity: invert(affinity), isInverted };
}

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;
export type Argument<Name extends TaskName> = Parameters<Tasks[Name]>[1];
export type Result<Name extends TaskName> = Awaited<ReturnType<Tasks[Name]>>;
