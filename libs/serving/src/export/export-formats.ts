/** What a model is written as for other programs. */
export const exportFormats = ['keras', 'h5', 'onnx', 'huggingface'] as const;

export type ExportFormat = (typeof exportFormats)[number];

/** Whose files are one each; the others are folders. */
export type ExportFileFormat = Exclude<ExportFormat, 'huggingface'>;

/** By which programs know such a file. */
export const exportExtensions: Readonly<Record<ExportFileFormat, string>> = {
  keras: '.keras',
  h5: '.h5',
  onnx: '.onnx',
};

/** What an exported model takes: images as the version's own files take them, or RGB values 0 to 255, which it scales itself. */
export const exportInputs = ['scaled', 'pixels'] as const;

export type ExportInput = (typeof exportInputs)[number];
