import { NativeSelect } from '@mantine/core';
import { isMapping, textValue, valueText } from '@thaw/experiment/browser';
import { useId, type ReactNode } from 'react';
import type { Field, Input } from '../../shape/new-sweep/fields.ts';
import { TypedText } from '../states/typed-text.tsx';

interface Props {
  label: string;
  description: ReactNode;
  error: ReactNode;
  field: Field;
  /** Undefined where the file says nothing. */
  value: unknown;
  suggestions: readonly string[];
  onChange: (value: unknown) => void;
}

/** The one value of a setting. Nothing leaves it to its default. */
export function ValueInput({ field: { input, usual }, value, suggestions, onChange, ...shared }: Props) {
  const list = useId();
  if (input.kind === 'choice') {
    return (
      <NativeSelect
        {...shared}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={value === undefined ? '' : valueText(value)}
        onChange={(event) => onChange(textValue(event.currentTarget.value))}
        data={[
          { value: '', label: usual === undefined ? 'left out' : `the default, ${valueText(usual)}` },
          ...offered(input, value),
        ]}
      />
    );
  }
  return (
    <>
      <TypedText
        {...shared}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        inputMode={input.kind === 'number' ? 'decimal' : undefined}
        placeholder={usual === undefined ? '' : valueText(usual)}
        value={writtenText(input, value)}
        // An empty field is on its way to another value, until it is left: what the file says beside the value keeps its place.
        onChange={(text) => {
          if (text.trim() !== '') onChange(typedValue(input, text));
        }}
        onBlur={(event) => {
          if (event.currentTarget.value.trim() === '' && value !== undefined) onChange(undefined);
        }}
        {...(suggestions.length > 0 && { list })}
      />
      {suggestions.length > 0 && (
        <datalist id={list}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** The words that a setting knows, and the file's own where it has another. */
function offered({ choices }: Extract<Input, { kind: 'choice' }>, value: unknown) {
  const texts = choices.map(valueText);
  const own = value === undefined ? '' : valueText(value);
  const isOther = own !== '' && !texts.includes(own);
  return [
    ...texts,
    ...(isOther ? [{ value: own, label: isMapping(value) ? 'as its settings below say' : own }] : []),
  ];
}

function writtenText({ kind }: Input, value: unknown): string {
  if (value === undefined) return '';
  return kind === 'text' && typeof value === 'string' ? value : valueText(value);
}

function typedValue({ kind }: Input, text: string): unknown {
  return kind === 'text' ? text.trim() : textValue(text);
}
