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
      {({ gap, job, twins, test_twins: testTwins }) => (
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
          {testTwins.length > 0 && (
            <Section
              title="Twins in test"
              note={`One ${gap?.unit ?? 'photograph'} in training or validation and in test, pair by pair.`}
            >
              <ImageGrid
                run={run}
                images={testTwins.flatMap(({ class: name, known, test }) => [
                  { file: known, lines: [`${name}, known`] },
                  { file: test, lines: [`${name}, test`] },
                ])}
              />
            </Section>
          )}
        </>
      )}
    </Fetched>
  );
}
