import type { CommandModule } from 'yargs';

interface TensorflowArguments {
  gpu: boolean;
  python: string;
}

/** `tensorflow`: builds TensorFlow.js's native library for `--engine tensorflow`. */
export const tensorflowCommand: CommandModule<object, TensorflowArguments> = {
  command: 'tensorflow',
  describe: 'Build TensorFlow.js against a current TensorFlow, for --engine tensorflow (Linux)',
  builder: (yargs) =>
    yargs
      .option('gpu', { type: 'boolean', default: false, describe: 'With CUDA and cuDNN, for NVIDIA GPUs' })
      .option('python', {
        type: 'string',
        default: 'python3',
        requiresArg: true,
        describe: 'Python whose pip downloads TensorFlow; nothing is installed into it',
      })
      .example(
        'npx nx run tensorflow',
        'TensorFlow for the processor: about 280 MB to download, 1.1 GB on disk',
      )
      .example('npx nx run tensorflow --gpu', 'with CUDA: some GB'),
  handler: async ({ gpu, python }) => {
    const { buildTensorflow, builtPackageFolder } = await import('@thaw/compute');
    const folder = builtPackageFolder();
    const onStep = (step: string) => process.stderr.write(`${step}\n`);
    const built = await buildTensorflow({ folder, gpu, python, onStep });
    const device = built.gpu ? 'and sees a CUDA GPU' : 'and computes on the processor';
    process.stdout.write(
      `TensorFlow ${built.version} loads ${device}. It is in ${folder}; --engine tensorflow uses it.\n`,
    );
  },
};
