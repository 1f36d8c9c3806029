import { neighbourFiles, parseNeighbours, type Neighbours } from '@thaw/serving/browser';
import { getModelFile, listModelFiles } from '../../api/operations/models.ts';
import { apiUrl, fetchApi } from '../fetch-api.ts';

export interface Version {
  readonly name: string;
  readonly version: number;
}

/** The files of a version of a model, as the server gives them out. */
export class VersionFiles {
  /** MODEL:VERSION */
  readonly reference: string;

  constructor({ name, version }: Version) {
    this.reference = `${name}:${version}`;
  }

  url(file: string): string {
    return new URL(apiUrl(getModelFile, { model: this.reference, file }), window.location.href).href;
  }

  async json(file: string): Promise<unknown> {
    return (await this.#fetch(file)).json();
  }

  /** Null where the version brings none. */
  async neighbours(): Promise<Neighbours | null> {
    const { files } = await fetchApi(listModelFiles, { params: { model: this.reference } });
    if (!files.some(({ name }) => name === neighbourFiles.index)) return null;
    const features = await this.#fetch(neighbourFiles.features);
    return parseNeighbours(await this.json(neighbourFiles.index), await features.arrayBuffer());
  }

  async #fetch(file: string): Promise<Response> {
    const response = await fetch(this.url(file));
    if (response.ok) return response;
    throw new Error(`the server did not give out ${file} of ${this.reference}`);
  }
}
