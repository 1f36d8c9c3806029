'use client';

import { Box } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';

/** So far below what is seen a part of the page begins its work, in pixels. */
const ahead = 200;

const beginning = ['keydown', 'beforeprint'];

/**
 * A part of a page that does no work before somebody scrolls near it. Keys begin it, too, as Tab stops only at what is there and a
 * search in the page finds nothing else; so does printing. Until then it keeps its room, a CSS height.
 */
export function WhenSeen({ room, children }: { room: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setIsSeen] = useState(false);
  useEffect(() => {
    const begin = () => setIsSeen(true);
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && begin(),
      { rootMargin: `${ahead}px` },
    );
    if (place.current) observer.observe(place.current);
    for (const event of beginning) window.addEventListener(event, begin);
    return () => {
      observer.disconnect();
      for (const event of beginning) window.removeEventListener(event, begin);
    };
  }, [isSeen]);
  return isSeen ? children : <Box ref={place} h={room} />;
}
