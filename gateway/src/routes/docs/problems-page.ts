import { type ProblemCode, problemCodes, problemGuide } from '@sandgate/api-spec';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text of the guide as HTML: what is between backticks is code. */
function html(text: string): string {
  return text.replaceAll(/[&<>]/g, (sign) => escapes[sign] ?? '').replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

/** The page that the `type` of each problem leads to. */
export const problemsPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sandgate: problems</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
  :target { background: #fe89 }
</style>
<h1>Problems</h1>
${Object.entries(problemCodes)
  .map(([code, { status, title, retryable }]) => {
    const { cause, remedy } = problemGuide[code as ProblemCode];
    const again = retryable ? ' The same request may be sent again.' : '';
    return `<h2 id="${code}"><code>${code}</code> (${status})</h2>
<p><b>${html(title)}.</b>${again} ${html(cause)}</p>
<p>${html(remedy)}</p>`;
  })
  .join('\n')}
</html>
`;
