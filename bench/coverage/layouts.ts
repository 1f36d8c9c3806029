export const times = (count: number, size: number) => new Array<number>(count).fill(size);
export const totalOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** The TEST part of the blood cells: photographs and images of each class. */
export const photographs = [times(13, 48), times(6, 103), times(4, 155), times(48, 13)];
