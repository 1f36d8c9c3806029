import { Anchor, Code, Text } from '@mantine/core';
import { apiBase } from '../../api/operation.ts';
import { schemaText, type Schema } from '../../shape/schema-text.ts';
import { PageTitle } from '../states/page-title.tsx';
import { Section } from '../states/section.tsx';
import { OperationDetails, type ApiOperation } from './operation-details.tsx';
import { SchemaCode } from './schema-code.tsx';

/** The parts of an OpenAPI document that this page shows. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** The REST API for readers: every operation with what it takes and gives. */
export function ApiPage({ document: { paths, components } }: { document: ApiDocument }) {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
  return (
    <>
      <PageTitle>REST API</PageTitle>
      <Text maw={760} mb="md">
        Everything that these pages show is below <Code>{apiBase}</Code>, as JSON. Figures that are no finite
        number are null; what cannot be done is answered with <Code>application/problem+json</Code>, whose{' '}
        <Code>detail</Code> says why. The same for programs:{' '}
        <Anchor href={`${apiBase}/openapi.json`} underline="always" inherit>
          openapi.json
        </Anchor>{' '}
        (OpenAPI 3.1).
      </Text>
      <Section title="Operations">
        {operations.map(({ method, path, operation }) => (
          <OperationDetails key={operation.operationId} method={method} path={path} operation={operation} />
        ))}
      </Section>
      <Section title="Types">
        {Object.entries(components.schemas)
          .filter(([name]) => !name.endsWith('Output'))
          .map(([name, schema]) => (
            <details key={name} id={name}>
              <summary style={{ cursor: 'pointer' }}>{name}</summary>
              <SchemaCode label={name} text={schemaText(schema)} />
            </details>
          ))}
      </Section>
    </>
  );
}
