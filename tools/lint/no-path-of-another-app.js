import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

const root = join(import.meta.dirname, '../..');
const apps = readdirSync(join(root, 'apps'));
const named = new RegExp(`(?:(?:^|[^\\w-])apps/|@thaw/)(${apps.join('|')})(?![\\w-])`, 'g');

function appOf(path) {
  const [folder, app] = relative(root, path).split(sep);
  return folder === 'apps' && apps.includes(app) ? app : undefined;
}

/** Apps stand beside each other and above the libs: none of these names an app that is not its own, by its path or its package. */
export const noPathOfAnotherApp = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { named: 'this names the app {{ app }}: what both need belongs in a lib' },
  },
  create({ filename, report }) {
    const folder = relative(root, filename).split(sep)[0];
    if (folder !== 'apps' && folder !== 'libs') return {};
    const own = appOf(filename);
    const check = (node, text) => {
      const found = [...text.matchAll(named)].map(([, app]) => app);
      if (text.startsWith('.')) found.push(appOf(resolve(dirname(filename), text)));
      const app = found.find((each) => each !== undefined && each !== own);
      if (app !== undefined) report({ node, messageId: 'named', data: { app } });
    };
    return {
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateElement: (node) => check(node, node.value.cooked ?? node.value.raw),
    };
  },
};
