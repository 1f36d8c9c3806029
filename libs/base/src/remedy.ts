/** An input of a program, which each app knows by a name of its own; the lines of a message that are about it begin with this one. */
export type Input = 'experiment' | 'queue' | 'set';

/** What can be chosen otherwise. */
export type Choice =
  | 'address of the tracker'
  | 'format of results'
  | 'layout of images'
  | 'mirror of data'
  | 'mirror of weights'
  | 'python'
  | 'runs folder'
  | 'target of data';

/** What would mend it, by its meaning. An app says in its own words how that is done there. */
export type Remedy =
  /** To whoever started the server: to let it read a further folder, or start programs of the user's own. */
  | { readonly do: 'allow folder' }
  | { readonly do: 'allow programs' }
  /** As a new sweep, on the images as they are now. */
  | { readonly do: 'begin anew' }
  | { readonly do: 'change'; readonly input: Input }
  | { readonly do: 'choose'; readonly what: Choice }
  | { readonly do: 'build TensorFlow' }
  | { readonly do: 'give up result' }
  /** Of one photograph, in a folder; with their pictures. */
  | { readonly do: 'look for copies'; readonly folder: string }
  /** For the trial that the sweep has chosen. */
  | { readonly do: 'open test set'; readonly sweep: string }
  | { readonly do: 'promote a run' }
  | { readonly do: 'say where images are' }
  | { readonly do: 'show run'; readonly run: string }
  /** On other machines, for the Redis `queue`. */
  | { readonly do: 'start workers'; readonly queue: string };

/** A sentence that a user should know, and what can be done about it. */
export interface Notice {
  readonly message: string;
  readonly remedy?: Remedy | null;
}

/** Who is told such sentences. */
export type Note = (message: string, remedy?: Remedy | null) => void;
