import type { FilesDataset } from '@thaw/experiment';
import { missingClasses, structureProblems } from '../inspection/structure-problems.ts';
import { planDivision } from '../splits/divide.ts';
import { layouts } from './layouts.ts';
import type { Listing } from './layout.ts';
import { readingNotes, withLabels } from './listing.ts';

/**
 * The images that a folder has by its names alone, none of them opened, with all that a sweep would refuse about its structure.
 * Throws a UserError for a table that cannot be read.
 */
export async function listFolder(dataset: FilesDataset): Promise<Listing> {
  const listing = await layouts[dataset.layout](dataset.path, dataset);
  const { labelled } = withLabels(listing.files);
  const { pooled } = planDivision({}, new Set(labelled.map(({ set }) => set)));
  const problems = [
    ...listing.problems,
    ...missingClasses(listing.classes, pooled),
    ...structureProblems(labelled),
  ];
  return { ...listing, problems, notes: readingNotes(listing) };
}
