import * as z from 'zod';

const split = z.enum(['train', 'validation', 'test']);

const crossing = z.object({
  from: split,
  to: split,
  groups: z.number().int(),
  images: z.number().int(),
  images_in_to: z.number().int(),
});

/** What the parts of one data set of a sweep share; shares are 0 to 1. */
const storedLeakageSchema = z.object({
  /** The swept settings that choose this data set and its split; empty where all trials have the same. */
  parameters: z.record(z.string(), z.unknown()),
  /** Whether groups were named (by the settings or the data set) or found by looking at the images. */
  groups_from: z.enum(['named', 'detected']),
  /** What a group is: as named, copies of one photograph, or photographs of one scene; left out in records of before. */
  unit: z.enum(['group', 'photograph', 'scene']).optional(),
  images: z.number().int(),
  groups: z.number().int(),
  validation_images: z.number().int(),
  validation_images_with_a_twin_in_training: z.number().int(),
  fraction: z.number(),
  crossings: z.array(crossing),
  /** Scenes with images in two parts, those of one photograph among them; none in records of before. */
  scene_crossings: z.array(crossing).default([]),
  /** Groups whose images have several classes, with the first image of each. */
  mixed_labels: z.array(z.object({ group: z.string(), examples: z.array(z.string()) })),
  /** What else a reader of the figures should know, in sentences. */
  notes: z.array(z.string()),
  /** The settings, path=value each, that split without the leak; null where nothing leaks. */
  remedy: z.union([z.array(z.string()), z.string().transform(readOldRemedy)]).nullable(),
});

/** The same; records of before that do not say what a group is had photographs, or groups as they were named. */
export const leakageSchema = storedLeakageSchema.transform((stored) => {
  return { ...stored, unit: stored.unit ?? (stored.groups_from === 'named' ? 'group' : 'photograph') };
});

/** Older versions wrote words for their command line. */
function readOldRemedy(words: string): string[] {
  return words.split(/ ?--set /).filter((setting) => setting !== '');
}

export type LeakageRecord = z.output<typeof leakageSchema>;
