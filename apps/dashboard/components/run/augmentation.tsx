'use client';

import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { getAugmentation } from '../../api/operations/run-files.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
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
        <ScrollRegion label="What augmentation makes of images" height={640}>
          <img
            src={apiUrl(getAugmentation, { run })}
            alt="Rows of images, each as it is and as six epochs would show it"
            style={{ display: 'block', maxWidth: '100%' }}
            onError={() => setState('missing')}
          />
        </ScrollRegion>
      )}
      {state === 'missing' && (
        <Text role="status">
          They cannot be drawn: the images are not where they were, or cannot be read.
        </Text>
      )}
    </Section>
  );
}
