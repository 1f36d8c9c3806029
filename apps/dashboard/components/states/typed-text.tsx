'use client';

import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

interface Props extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** What is kept elsewhere: in the page's address, in a file's text. */
  value: string;
  onChange: (value: string) => void;
}

/** A text that is kept elsewhere. While it is typed the other follows, and not the other way round: it may take longer, or read `0.` as 0. */
export function TypedText({ value, onChange, ...rest }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  useEffect(() => {
    if (document.activeElement !== input.current) setDraft(value);
  }, [value]);
  return (
    <TextInput
      {...rest}
      ref={input}
      value={draft}
      onChange={({ currentTarget }) => {
        setDraft(currentTarget.value);
        onChange(currentTarget.value);
      }}
    />
  );
}
