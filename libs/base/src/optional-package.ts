import { UserError } from './user-error.ts';

/**
 * What `load` gives, which requires a package that not every installation has. Throws UserError (unavailable) where the package is
 * missing; `purpose` begins that sentence.
 */
export function fromOptionalPackage<T>(name: string, purpose: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'MODULE_NOT_FOUND' || !message.includes(`'${name}'`)) throw error;
    throw new UserError(
      `${purpose} needs the package ${name}, which is not installed here: npm install ${name}`,
      {
        kind: 'unavailable',
        cause: error,
      },
    );
  }
}
