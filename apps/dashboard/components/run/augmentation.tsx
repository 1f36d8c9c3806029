'use client';

import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { getAugmentation } from '../../api/operations/run-files.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { AugmentationSheet } from '../images/augmentation-sheet.tsx';
import { Section } from '../states/section.tsx';

/** Draws, when asked, what the augmentation of a run makes of some of its images. */
export function Augmentation({ run }: { run: string }) {
  const [state, setState] = useState<'hidden' | 'shown' | 'missing'>('hidden');
  return (
    <Section
      title="Augmentation"
      note="Twelve validation images, each as it is and as the first six epochs would show it if it were a training image."
    >
      {state === 'hidden' && <Button onClick={() => setState('shown')}>Draw them</Button>}
      {state === 'shown' && (
        <AugmentationSheet src={apiUrl(getAugmentation, { run })} onError={() => setState('missing')} />
      )}
      {state === 'missing' && (
        <Text role="status">
          They cannot be drawn: the images are not where they were, or cannot be read.
        </Text>
      )}
    </Section>
  );
}
