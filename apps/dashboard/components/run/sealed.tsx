import { groupingSentence, sizeOf } from '@thaw/analysis/browser';
import { fixed, percent, percentInterval } from '@thaw/base/browser';
import { Alert, Table } from '@mantine/core';
import type { ValidationResults } from '../../api/operations/results.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Section } from '../states/section.tsx';
import { FiguresAlone } from './figures-alone.tsx';
import { MetricsTable } from './metrics-table.tsx';
import { Mistakes } from './mistakes.tsx';

/** A run with one part alone, because nobody has looked at its test images or its program gave no more: what it came to there. */
export function Sealed({ run, validation }: { run: string; validation: ValidationResults }) {
  const { part, sealed, overall, metrics, per_class: classes, grouping } = validation;
  const other = part === 'test' ? 'validation' : 'test';
  return (
    <>
      <Alert mb="md" title={sealed ? 'The test set is sealed' : `There are no results on ${other} images`}>
        {sealed ? 'Nothing of it was predicted.' : 'So there is no gap between the two.'} On{' '}
        {sizeOf(overall, grouping)} for {part} the accuracy is <b>{percent(overall.accuracy)}</b> (95 %
        interval {percentInterval(overall.ci95)}).
      </Alert>
      <Section
        title={`${part === 'test' ? 'Test' : 'Validation'}, per class`}
        note={groupingSentence(grouping)}
      >
        <ScrollRegion label={`Report of ${part}`}>
          <Table withTableBorder w="auto">
            <Table.Thead>
              <Table.Tr>
                {['class', 'precision', 'recall', '95 %', 'f1', 'images', `${grouping.unit}s`].map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {classes.map(({ class: name, precision, recall, recall_ci95, f1, support, groups }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td ta="right">{fixed(precision, 2)}</Table.Td>
                  <Table.Td ta="right">{fixed(recall, 2)}</Table.Td>
                  <Table.Td ta="right">{percentInterval(recall_ci95)}</Table.Td>
                  <Table.Td ta="right">{fixed(f1, 2)}</Table.Td>
                  <Table.Td ta="right">{support}</Table.Td>
                  <Table.Td ta="right">{groups}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollRegion>
      </Section>
      {metrics.length > 0 ? (
        <>
          <Section title="Metrics" note={`On ${part} images; a loss is in nats, all others in per cent.`}>
            <MetricsTable
              part={part}
              metrics={metrics.map(({ metric, ...each }) => ({ metric, validation: each }))}
            />
          </Section>
          <Section title="Most confident mistakes">
            <Mistakes run={run} parts={[part]} />
          </Section>
        </>
      ) : (
        <FiguresAlone />
      )}
    </>
  );
}
