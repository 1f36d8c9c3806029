'use client';

import { Anchor, Table } from '@mantine/core';
import { getModelFile, listModelFiles } from '../../api/operations/models.ts';
import { apiUrl } from '../../client/fetch-api.ts';
import { useApi } from '../../client/use-api.ts';
import { Fetched } from '../states/fetched.tsx';

/** The files of a version, each to be downloaded. */
export function VersionFilesTable({ reference }: { reference: string }) {
  const result = useApi(listModelFiles, { params: { model: reference } });
  return (
    <Fetched result={result}>
      {({ files }) => (
        <Table>
          <Table.Tbody>
            {files.map(({ name, bytes }) => (
              <Table.Tr key={name}>
                <Table.Td>
                  <Anchor
                    href={apiUrl(getModelFile, { model: reference, file: name })}
                    download={name}
                    underline="always"
                    inherit
                  >
                    {name}
                  </Anchor>
                </Table.Td>
                <Table.Td ta="right">
                  {(bytes / 1000).toLocaleString('en-US', { maximumFractionDigits: 1 })} kB
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Fetched>
  );
}
