import type { Affinity } from './affinity.ts';
import type { Agreement } from './agreement.ts';
import type { GrainAgreement } from './compare-grain.ts';

/** Confidence of a link that is used; less sure ones are offered, as is what groups or other images spoke against: that is as likely as not. */
export const leastConfidence = 0.8;
export const leastOffered = 0.3;
export const mostOffered = 0.5;
/** Distance that interpolation and JPEG alone can make. */
export const leastDistance = 0.01;

/** How one image lies on another: the map from the pixels of `a` to those of `b`, and whether the one is the other's negative. */
export interface Placement {
  readonly a: number;
  readonly b: number;
  readonly affinity: Affinity;
  readonly isInverted: boolean;
}

/** Two images under the map that brings most of them together. */
export interface Comparison {
  readonly a: number;
  readonly b: number;
  /** 0 to 1. */
  readonly confidence: number;
  /** How far their pixels are from being the same under the map: 1 less the correlation of their patches. */
  readonly distance: number;
  /** From the pixels of `a` to those of `b`. */
  readonly affinity: Affinity;
  readonly isInverted: boolean;
  /** What both show. */
  readonly agreement: Agreement;
  /** Whether that is so only when the one is bent onto the other. */
  readonly isBent?: boolean;
  /** Whether one is a drawing that the other turns, mirrors, or has elsewhere: they may mean two things. */
  readonly isAmbiguous: boolean;
  /** Whether both are drawings, where one more line may mean something else. */
  readonly isDrawing: boolean;
  /** Whether the map turns far or mirrors. */
  readonly isTurned: boolean;
  /**
   * Where hardly anything is to be seen, and whether the one lies on the other as a whole: neither is turned or cropped. Null for a
   * link between images as near as copies are, which needs no more.
   */
  readonly grain: (GrainAgreement & { readonly isInPlace: boolean }) | null;
}

/** Two images that show one photograph. */
export type Link = Comparison;
