import { parse, stringify } from 'yaml';

export interface CardMetadata {
  /** An identifier of Hugging Face's, such as apache-2.0; null where none was given. */
  readonly license: string | null;
  /** Data sets by their names on Hugging Face's hub. */
  readonly datasets: readonly string[];
}

/**
 * A version's card for the folder that `writeHuggingFaceFolder` writes: its metadata name Keras, whose files lie beside it, and no
 * licence or data set but those that were given, since a guess would stand there as a fact. Source of the keys:
 * https://huggingface.co/docs/hub/model-cards.
 */
export function huggingFaceCard(card: string, { license, datasets }: CardMetadata): string {
  const [, metadata, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(card)!;
  const { tags, metrics, pipeline_tag, 'model-index': index } = parse(metadata!) as Record<string, unknown>;
  const front = {
    ...(license !== null && { license }),
    library_name: 'keras',
    pipeline_tag,
    tags: ['keras', ...(tags as string[]).filter((tag) => tag !== 'tfjs')],
    ...(datasets.length > 0 && { datasets }),
    metrics,
    'model-index': index,
  };
  return `---\n${stringify(front)}---\n${forFolder(body!)}`;
}

/** The body without what it says of files that the folder does not have. */
function forFolder(body: string): string {
  const call = body.includes('def views_of')
    ? 'model.predict(views_of(prepare("image.jpeg"))).mean(0)'
    : 'model.predict(prepare("image.jpeg"))[0]';
  return body
    .replace(
      /^In the browser or in Node with TensorFlow\.js alone:.*?(?=\n\n)/ms,
      'Keras 3: `model = keras.saving.load_model("hf://USER/MODEL")`, or with the path of this folder, then\n' +
        `\`${call}\` with the functions of the program above.`,
    )
    .replace(/^- `lineage\.json` holds all settings.*\n/m, '');
}
