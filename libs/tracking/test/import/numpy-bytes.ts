/** A .npy file of numpy's format 1, from the dictionary of its head and its data. */
export const npy = (head: string, data = Buffer.alloc(0)) => {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(head.length);
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    length,
    Buffer.from(head, 'latin1'),
    data,
  ]);
};
