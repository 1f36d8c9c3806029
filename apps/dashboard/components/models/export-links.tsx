import { Anchor, List } from '@mantine/core';
import type { ExportFormat } from '@thaw/serving/formats';
import { getModelExport } from '../../api/operations/models.ts';
import { apiUrl } from '../../client/fetch-api.ts';

const words: Readonly<Record<ExportFormat, string>> = {
  keras: 'Keras 3 (.keras)',
  h5: 'Keras (.h5)',
  onnx: 'ONNX (.onnx)',
  huggingface: 'Hugging Face (model folder, .zip)',
};

/** A version as other programs open it, each a download. Of a model whose `backbone` is an ONNX file nothing but that can be written. */
export function ExportLinks({ reference, backbone }: { reference: string; backbone: string }) {
  const formats = Object.entries(words).filter(
    ([format]) => format === 'onnx' || !backbone.endsWith('.onnx'),
  );
  return (
    <List size="sm">
      {formats.map(([format, name]) => (
        <List.Item key={format}>
          <Anchor
            href={apiUrl(getModelExport, { model: reference, format })}
            download
            underline="always"
            inherit
          >
            {name}
          </Anchor>
        </List.Item>
      ))}
    </List>
  );
}
