import type { NetworkInterfaceInfo } from 'node:os';

export interface ShownAddresses {
  /** For a browser of this machine. */
  readonly here: string;
  /** The same for those of other machines; empty where none can reach it or none knows how. */
  readonly elsewhere: readonly string[];
}

/** What listens on all addresses of a machine is at none of these names itself. */
const everywhere = ['0.0.0.0', '::', '0:0:0:0:0:0:0:0'];

/** Where a server that listens on `host` can be opened: on all addresses that is each of the network's `interfaces` (`os.networkInterfaces()`). */
export function shownAddresses(
  host: string,
  port: number,
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): ShownAddresses {
  const at = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
  if (!everywhere.includes(host)) return { here: at(host), elsewhere: [] };
  const outside = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !isLinkLocal(address));
  const plain = outside.filter(({ family }) => family === 'IPv4');
  const reached = host === '0.0.0.0' || plain.length > 0 ? plain : outside;
  return { here: at('localhost'), elsewhere: reached.map(({ address }) => at(address)) };
}

/** Good on one cable alone, and not without the cable's name. */
function isLinkLocal(address: string): boolean {
  return /^(169\.254\.|fe80:)/i.test(address);
}
