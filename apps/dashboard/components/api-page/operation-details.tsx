import { Badge, Code, Group, Table, TableTbody, TableTd, TableTh, TableTr, Text } from '@mantine/core';
import { schemaText, type Schema } from '../../shape/schema-text.ts';
import { Words } from '../states/words.tsx';
import classes from './api-page.module.css';
import { SchemaCode } from './schema-code.tsx';

type Content = Readonly<Record<string, { readonly schema: Schema }>>;

export interface ApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema: Schema;
  }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

interface Props {
  method: string;
  path: string;
  operation: ApiOperation;
}

/** One operation, folded to its method, path and purpose. */
export function OperationDetails({ method, path, operation }: Props) {
  const { operationId, summary, parameters = [], requestBody, responses } = operation;
  return (
    <details id={operationId} style={{ marginBottom: 8 }}>
      <summary style={{ cursor: 'pointer' }}>
        <Group component="span" display="inline-flex" gap="xs" className={classes['summary']!}>
          <Badge component="span" variant="default" radius="sm" miw={70}>
            {method}
          </Badge>
          <Code style={{ overflowWrap: 'anywhere' }}>{path}</Code>
          <Text component="span" size="sm">
            <Words text={summary} />
          </Text>
        </Group>
      </summary>
      {parameters.length > 0 && (
        <Table fz="sm" my="xs">
          <TableTbody>
            {parameters.map((parameter) => (
              <TableTr key={parameter.name}>
                <TableTh scope="row" w={140}>
                  {parameter.name}
                  {parameter.required ? '' : '?'}
                </TableTh>
                <TableTd w={80}>{parameter.in}</TableTd>
                <TableTd>
                  <Code>{schemaText(parameter.schema)}</Code>{' '}
                  {parameter.description ?? parameter.schema.description}
                </TableTd>
              </TableTr>
            ))}
          </TableTbody>
        </Table>
      )}
      {contents('Takes', requestBody?.content, operationId)}
      {contents('Answers', responses['200']?.content, operationId)}
    </details>
  );
}

function contents(verb: string, content: Content | undefined, id: string) {
  return Object.entries(content ?? {}).map(([type, { schema }]) => (
    <div key={`${verb} ${type}`}>
      <Text size="sm">
        {verb} {type}
      </Text>
      <SchemaCode label={`${id}, ${verb.toLowerCase()}`} text={schemaText(schema)} />
    </div>
  ));
}
