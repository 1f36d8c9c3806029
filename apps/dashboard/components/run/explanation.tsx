'use client';

import { List, VisuallyHidden } from '@mantine/core';
import { useGap } from '../../client/use-gap.ts';
import { ExplanationPlot } from '../plots/explanation-plot.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Section } from '../states/section.tsx';
import { ImageGrid } from './image-grid.tsx';
import { MeasureGap } from './measure-gap.tsx';

/** What the gap is made of, where that was measured; a button that measures it where not. And images that leak. */
export function Explanation({ run }: { run: string }) {
  const { result, start, cancel } = useGap(run);
  return (
    <Fetched result={result}>
      {({ gap, job, twins }) => (
        <>
          <VisuallyHidden role="status">
            {gap && job?.state === 'finished' && 'The gap was measured.'}
          </VisuallyHidden>
          <Section title="Why validation and test differ">
            {gap ? (
              <>
                <ExplanationPlot parts={gap.parts} />
                <List spacing="xs" mt="sm" maw={900}>
                  {gap.explanation.map((sentence) => (
                    <List.Item key={sentence}>{sentence}</List.Item>
                  ))}
                </List>
              </>
            ) : (
              <MeasureGap job={job} start={start} cancel={cancel} />
            )}
          </Section>
          {twins.length > 0 && (
            <Section
              title="Leaking twins"
              note={`One ${gap?.unit ?? 'photograph'} in training and in validation, pair by pair.`}
            >
              <ImageGrid
                run={run}
                images={twins.flatMap(({ class: name, training, validation }) => [
                  { file: training, lines: [`${name}, training`] },
                  { file: validation, lines: [`${name}, validation`] },
                ])}
              />
            </Section>
          )}
        </>
      )}
    </Fetched>
  );
}
