'use client';

import { Anchor, SimpleGrid, Table } from '@mantine/core';
import { apiBase } from '../../api/operation.ts';
import { listFiles } from '../../api/operations/run-files.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Section } from '../states/section.tsx';

/** The end of a run's log, and the files of its folder. */
export function Files({ run, running }: { run: string; running: boolean }) {
  const result = useApi(listFiles, { params: { run } }, { refetchInterval: running && 5000 });
  return (
    <Fetched result={result}>
      {({ files, log }) => (
        <SimpleGrid cols={{ base: 1, lg: 2 }} verticalSpacing={0}>
          <Section title="Log">
            <ScrollRegion label="Log" height={320}>
              <pre style={{ margin: 0, fontSize: 12 }}>{log || 'Nothing was logged.'}</pre>
            </ScrollRegion>
          </Section>
          <Section title="Files">
            <ScrollRegion label="Files" height={320}>
              <Table fz="sm">
                <Table.Tbody>
                  {files.map(({ name, bytes }) => (
                    <Table.Tr key={name}>
                      <Table.Td style={{ overflowWrap: 'anywhere' }}>
                        <Anchor href={fileUrl(run, name)} download inherit underline="always">
                          {name}
                        </Anchor>
                      </Table.Td>
                      <Table.Td ta="right">{Math.ceil(bytes / 1024).toLocaleString('en')} kB</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollRegion>
          </Section>
        </SimpleGrid>
      )}
    </Fetched>
  );
}

/** Where a file of a run, or an image of its data set, is had. */
export function fileUrl(run: string, name: string, kind: 'files' | 'images' = 'files'): string {
  return `${apiBase}/runs/${encodeURIComponent(run)}/${kind}/${name.split('/').map(encodeURIComponent).join('/')}`;
}
