import { join } from 'node:path';
import type { Claim } from '../claim.ts';
import type { FeaturesCost } from '../measure/features-process.ts';
import { inOwnProcess } from '../measure/in-own-process.ts';
import { notebookEpochs } from '../measure/notebook-epoch.ts';

export const featureExtraction: Claim = {
  says: 'Every image becomes a cached feature in less time than one epoch of the Keras notebook',
  async measure(context) {
    const { data, scratch, note } = context;
    const epochs = await notebookEpochs(context);
    note('Thaw: image files to cached features');
    const cost = await inOwnProcess<FeaturesCost>('features-process.ts', {
      folder: data.folder,
      cacheDir: join(scratch, 'features'),
    });
    const seconds = cost.loadSeconds + cost.featureSeconds;
    return [
      {
        what: 'image file to cached feature',
        unit: 'ms an image',
        values: [(cost.featureSeconds * 1000) / cost.images],
        limit: { atMost: 3.5, scales: true },
      },
      {
        what: 'whole set, checked, split and cached',
        unit: 's',
        values: [seconds],
        limit: null,
      },
      ...(epochs.length === 0
        ? []
        : [
            { what: 'one notebook epoch', unit: 's', values: epochs, limit: null },
            {
              what: 'whole set / one notebook epoch',
              unit: 'ratio',
              values: epochs.map((epoch) => seconds / epoch),
              limit: { atMost: 0.6 },
            },
          ]),
      {
        what: 'peak memory of feature extraction',
        unit: 'GB',
        values: [cost.peakMemoryBytes / 1e9],
        limit: { atMost: 1.5 },
      },
    ];
  },
};
