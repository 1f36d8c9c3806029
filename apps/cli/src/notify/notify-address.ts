import { postAddress, UserError, type PostAddress } from '@thaw/base';

/**
 * Where to post, from the option or the environment, from which it is taken so that trials do not inherit it; null for nowhere. Throws
 * UserError for what is no address, without showing it.
 */
export function notifyAddress(
  option: string | undefined,
  environment: NodeJS.ProcessEnv,
): PostAddress | null {
  const { THAW_NOTIFY: variable } = environment;
  delete environment.THAW_NOTIFY;
  const [text, from] = option === undefined ? [variable, 'THAW_NOTIFY'] : [option, '--notify'];
  if (text === undefined || text === '') return null;
  const address = postAddress(text);
  if (address === null) {
    throw new UserError(
      `${from}: found what is no address (not shown, as it may be secret); allowed: http://... or https://...`,
    );
  }
  return address;
}
