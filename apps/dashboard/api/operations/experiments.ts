import * as z from 'zod';
import { operation } from '../operation.ts';

/** As long as an experiment file may be. */
export const longestText = 65_536;

export const yamlSchema = z.string().max(longestText).describe('The text of an experiment file (YAML)');

const settingSchema = z
  .object({
    path: z.string().describe('Dotted'),
    means: z.string().describe('Markdown'),
    allowed: z.string().describe('In words'),
    usual: z.unknown().optional().describe('Its default; absent where there is none'),
    example: z.unknown().optional(),
    readWith: z
      .record(z.string(), z.string())
      .describe('Values of other settings, by their paths, beside which trials read this one; empty: always'),
  })
  .meta({ id: 'Setting' });

export type SettingDocument = z.infer<typeof settingSchema>;

const choicesSchema = z.array(
  z.object({ name: z.string(), means: z.string(), keys: z.array(settingSchema) }),
);

export const getExperimentSettings = operation({
  id: 'getExperimentSettings',
  method: 'get',
  path: '/experiments/settings',
  summary: 'What an experiment may say, which folders its images may lie in, and files to begin from',
  answer: z.object({
    schema: z
      .record(z.string(), z.unknown())
      .describe(
        'JSON Schema of an experiment file that Thaw trains: a section for each of dataset, split, model, ..., and the keys of the search. Settings say what they mean in `means`, and some have an `example`',
      ),
    settings: z.array(settingSchema).describe('The settings of a trial, sections before what they hold'),
    search: z.array(settingSchema).describe('What else a file says: how it searches'),
    distributions: choicesSchema.describe('What a parameter may be drawn from'),
    rules: choicesSchema.describe('What `early_terminate` may be'),
    directory: z.string().describe('What relative paths are relative to'),
    folders: z
      .array(z.string())
      .describe('Folders that data and weights may lie in, absolute: those of --data, else `directory`'),
    experiments: z
      .array(z.object({ file: z.string(), yaml: z.string() }))
      .describe('Files to begin from: `experiments/*.yaml` of the folder that the server was started in'),
    read_only: z.boolean().describe('Whether the server refuses all that changes something (--read-only)'),
    programs: z
      .boolean()
      .describe('Whether experiments may run programs of the user (`program:`; --allow-programs)'),
  }),
});

export const mistakeSchema = z
  .object({
    line: z.int().nullable().describe('From 1; null where it has no place in the text'),
    column: z.int().nullable().describe('From 1, where the value begins; of a section its key'),
    path: z.string().describe('Dotted; empty where it is about the text as a whole'),
    message: z.string().describe('What was found and what is allowed'),
    remedy: z.string().nullable().describe('What else would mend it, such as an option of the server'),
  })
  .meta({ id: 'Mistake', description: 'A mistake in an experiment file, as the command line says it' });

export type MistakeDocument = z.infer<typeof mistakeSchema>;

export const checkExperiment = operation({
  id: 'checkExperiment',
  method: 'post',
  changesNothing: true,
  path: '/experiments/check',
  summary: 'What is wrong with an experiment file, or what it would run; starts and keeps nothing',
  description: 'Reads no images: what is wrong with these, the start of the sweep says.',
  body: z.strictObject({ yaml: yamlSchema }),
  answer: z.object({
    mistakes: z.array(mistakeSchema).describe('In the order of the lines; empty for a file that can run'),
    experiment: z
      .object({
        name: z.string(),
        description: z.string().nullable(),
        method: z.string(),
        metric: z.object({
          name: z.string(),
          goal: z.enum(['maximize', 'minimize']),
          target: z.number().nullable(),
        }),
        swept: z.array(z.string()).describe('The paths of what its trials vary'),
        trials: z.int().nullable().describe('How many there are; null where values are drawn without end'),
        program: z.boolean().describe('Whether trials run a program of the user'),
        folder: z.string().nullable().describe('Of its images, absolute; null where it reads none'),
        notes: z.array(z.string()).describe('What to know about the file, in sentences'),
      })
      .nullable()
      .describe('Null where there are mistakes'),
  }),
});
