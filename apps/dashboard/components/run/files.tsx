'use client';

import { ScrollArea, SimpleGrid, Table } from '@mantine/core';
import { listFiles } from '../../api/operations/results.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { Section } from '../states/section.tsx';

/** The end of a run's log, and the files of its folder. */
export function Files({ run }: { run: string }) {
  return (
    <Fetched result={useApi(listFiles, { params: { run } })}>
      {({ files, log }) => (
        <SimpleGrid cols={{ base: 1, lg: 2 }}>
          <Section title="Log">
            <ScrollArea.Autosize
              mah={320}
              viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Log' }}
            >
              <pre style={{ margin: 0, fontSize: 12 }}>{log || 'Nothing was logged.'}</pre>
            </ScrollArea.Autosize>
          </Section>
          <Section title="Files">
            <ScrollArea.Autosize
              mah={320}
              viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Files' }}
            >
              <Table fz="sm">
                <Table.Tbody>
                  {files.map(({ name, bytes }) => (
                    <Table.Tr key={name}>
                      <Table.Td>{name}</Table.Td>
                      <Table.Td ta="right">{Math.ceil(bytes / 1024).toLocaleString('en')} kB</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollArea.Autosize>
          </Section>
        </SimpleGrid>
      )}
    </Fetched>
  );
}
