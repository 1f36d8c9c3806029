'use client';

import { Code, List, Text } from '@mantine/core';
import { getGap } from '../../api/operations/results.ts';
import { useApi } from '../../client/use-api.ts';
import { ExplanationPlot } from '../plots/explanation-plot.tsx';
import { Fetched } from '../states/fetched.tsx';
import { Section } from '../states/section.tsx';
import { ImageGrid } from './image-grid.tsx';

/** What the gap is made of, where `gap` has measured it; the command to run where not. And images that leak. */
export function Explanation({ run }: { run: string }) {
  const result = useApi(getGap, { params: { run } });
  return (
    <Fetched result={result}>
      {({ gap, twins }) => (
        <>
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
              <Text>
                Not measured yet. This finds out which part is leakage, selection or shift, and makes
                intervals go by photographs: <Code>npx nx run gap --run {run}</Code>
              </Text>
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
