import cli from '../package.json' with { type: 'json' };

/** What runs here, on one line: Thaw's version, Node's, and the platform. */
export function versionText(): string {
  return `thaw ${cli.version}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
