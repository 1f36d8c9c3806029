import { style } from './style.ts';

/** Nothing of the page asks for anything elsewhere, and no script of it runs, whatever names of files and classes say. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** A page that needs no other file. `title` and `sections` are HTML; empty sections are left out. */
export function htmlPage(title: string, sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
${sections.filter((section) => section !== '').join('\n')}
</main>
</body>
</html>
`;
}
