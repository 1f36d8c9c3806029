/** In the folder of a run whose program is running: where it takes reports over HTTP. Readable by its owner alone. */
export const logUrlFile = 'log-url.txt';
