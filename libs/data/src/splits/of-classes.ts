/** What a group has of each class that it holds any of: places of classes in their order, each with a number. */
export type OfClasses = readonly (readonly [label: number, value: number])[];
